import { errorMessage } from '#libs/kernel';

/** What was started, to be stopped in the opposite order, each within a limit, once. */
export class Shutdown {
  private readonly stops: { readonly name: string; readonly stop: () => Promise<void>; readonly limitMs: number }[] =
    [];
  private under: Promise<void> | undefined;

  /** True from the first call of `run`: nothing more is to be started. */
  hasBegun(): boolean {
    return this.under !== undefined;
  }

  /** Registers how to stop what has just been started. After `run` has begun it is stopped at once. */
  async add(name: string, limitMs: number, stop: () => Promise<void>): Promise<void> {
    if (this.under) await this.within(name, limitMs, stop);
    else this.stops.push({ name, stop, limitMs });
  }

  run(): Promise<void> {
    this.under ??= (async () => {
      for (const { name, stop, limitMs } of this.stops.reverse()) await this.within(name, limitMs, stop);
    })();
    return this.under;
  }

  private async within(name: string, limitMs: number, stop: () => Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(`did not stop within ${limitMs} ms`), limitMs);
    });
    const stopped = stop().then(() => undefined, errorMessage);
    const problem = await Promise.race([stopped, late]);
    clearTimeout(timer);
    if (problem !== undefined) process.stderr.write(`Stopping ${name}: ${problem}\n`);
  }
}
