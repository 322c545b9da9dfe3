import type { World } from './world.js';

const TICK_MS = 50;

/** Readings a second of each gateway, and messages a second of each foreign device. */
export interface Rates {
  readonly gateway: number;
  readonly device: number;
}

/** Feeds every gateway but the small one, and lets every device publish, evenly. */
export class Load {
  #timer: NodeJS.Timeout | undefined;
  #owed = { gateway: 0, device: 0 };
  #at = 0;

  constructor(
    private readonly world: Pick<World, 'gateways' | 'devices'>,
    private readonly rates: Rates,
  ) {}

  start(): void {
    this.#at = performance.now();
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    const now = performance.now();
    const seconds = Math.min(1, (now - this.#at) / 1_000);
    this.#at = now;
    const { gateways, devices } = this.world;
    const readings = this.#take('gateway', seconds);
    for (const gateway of gateways) gateway.feed(readings);
    for (let message = this.#take('device', seconds); message > 0; message--)
      for (const device of devices) device.publish();
  }

  #take(kind: keyof Rates, seconds: number): number {
    this.#owed[kind] += seconds * this.rates[kind];
    const whole = Math.floor(this.#owed[kind]);
    this.#owed[kind] -= whole;
    return whole;
  }
}
