import { type Pack, type Replay, replayOf } from '#libs/games';
import { type EpochMs, epochMs, MINUTE_MS } from '#libs/kernel';
import type { Pattern } from '#libs/transport';

interface Ride {
  readonly line: string;
  readonly from: string;
  readonly to: string;
  readonly share: number;
  readonly counted: Replay;
  waiting: number;
}

/** People who wait at one stop for longer than this have found another way. */
const PATIENCE_MINUTES = 90;

/** Who waits at the stops of the reference fleet, by what the gates have counted: the shuttles' side of the recording. */
export class Riders {
  readonly #rides: readonly Ride[];
  #minute: number | undefined;

  constructor(pack: Pack) {
    const stopOf = (venue: string): string => pack.venues.find(({ id }) => id === venue)?.stop ?? '';
    this.#rides = pack.transport.lines.flatMap(({ id, rides }) =>
      rides.flatMap(({ from, to, count, share }) => {
        const recorded = pack.gateways
          .filter(({ venue }) => venue === count.venue)
          .flatMap(({ points }) => points)
          .find((point) => point.id === count.point)?.recorded;
        if (!recorded) return [];
        const counted = replayOf(pack, recorded);
        return [{ line: id, from: stopOf(from), to: stopOf(to), share, counted, waiting: 0 }];
      }),
    );
  }

  /** People come up to `now`; of a long pause only the last minutes count. */
  come(now: EpochMs): void {
    const minute = Math.floor(now / MINUTE_MS);
    const from = Math.max(this.#minute ?? minute, minute - PATIENCE_MINUTES);
    for (let at = from; at < minute; at += 1) {
      for (const ride of this.#rides) ride.waiting += ride.counted(epochMs(at * MINUTE_MS)) * ride.share;
    }
    this.#minute = minute;
  }

  /** Those who board at a call, by where they get off: as many as there are places. On a loop they may stay on past its end. */
  board({ line, stops }: Pattern, call: number, places: number): ReadonlyMap<number, number> {
    const stop = stops[call]?.stop;
    const boarded = new Map<number, number>();
    let left = places;
    for (const ride of this.#rides) {
      if (ride.line !== line || ride.from !== stop) continue;
      const later = stops.findIndex((entry, index) => index > call && entry.stop === ride.to);
      const alight = later === -1 ? stops.length - 1 : later;
      const people = Math.min(Math.floor(ride.waiting), Math.floor(left));
      if (people <= 0 || alight <= call) continue;
      ride.waiting -= people;
      left -= people;
      boarded.set(alight, (boarded.get(alight) ?? 0) + people);
    }
    return boarded;
  }
}
