import type { TransportSettings } from '#libs/games';

/** How dense people stand where they wait for vehicles, looked at each minute. */
export class LoadZones {
  #peak = 0;
  #minutesOver = 0;

  constructor(private readonly zones: NonNullable<TransportSettings['load_zones']>) {}

  look(waitingAt: (stop: string) => number): void {
    for (const { stop, area_m2, most_per_m2 } of this.zones) {
      const density = waitingAt(stop) / area_m2;
      this.#peak = Math.max(this.#peak, density);
      if (density > most_per_m2) this.#minutesOver += 1;
    }
  }

  /** People per m2 of the densest zone at its densest minute. */
  get peak(): number {
    return this.#peak;
  }

  /** Minutes in which a zone was denser than it may be, of all zones together. */
  get minutesOver(): number {
    return this.#minutesOver;
  }
}
