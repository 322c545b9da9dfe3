import type { DeviceReader, DeviceRequest } from '#libs/telemetry';

/** Tells devices in time what they need to hear to go on publishing. */
export class Keepalives {
  readonly #live: readonly NonNullable<DeviceReader['keepalive']>[];
  readonly #timers: readonly NodeJS.Timeout[];

  constructor(
    readers: readonly DeviceReader[],
    private readonly request: (request: DeviceRequest) => void,
  ) {
    this.#live = readers.flatMap(({ keepalive }) => keepalive ?? []);
    this.#timers = this.#live.map((keepalive) => setInterval(() => this.#send(keepalive), keepalive.everyMs));
  }

  /** Now, besides those that are due. */
  sendAll(): void {
    for (const keepalive of this.#live) this.#send(keepalive);
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** What a reader asks for follows what it has read: it is asked anew each time. */
  #send(keepalive: NonNullable<DeviceReader['keepalive']>): void {
    for (const request of keepalive.requests) this.request(request);
  }
}
