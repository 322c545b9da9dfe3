import type { TripPrediction } from '../realtime/contract.js';
import { type BandScale, leadGroup } from './band-scale.js';
import type { Passage } from './passages.js';
import { type OrderedTrip, tripName } from './trip-plan.js';

/** How an arrival was predicted, and how it was. */
export interface PredictionOutcome {
  readonly line: string;
  readonly lead_s: number;
  /** Actual minus predicted, s. */
  readonly error_s: number;
  readonly isInside: boolean;
}

/** One vehicle's predictions of its trip, the first of each lead time. */
interface Promised {
  readonly trip: string;
  readonly stops: Map<
    string,
    { readonly lead_s: number; readonly arrives_ms: number; readonly low_ms: number; readonly high_ms: number }
  >;
}

/** An arrival is known well enough to judge a prediction within this share of its lead time, or these ms. */
const SHARP = { share: 0.2, least_ms: 30_000 };

const nameOf = (trip: OrderedTrip): string => `${trip.vehicle} ${tripName(trip)}`;

/** What was predicted of the trips under way, to be judged when vehicles arrive; the bands learn from it. */
export class PromiseBook {
  private readonly promised = new Map<string, Promised>();
  private outcomes: PredictionOutcome[] = [];

  constructor(private readonly bands: BandScale) {}

  promise({ departure, ts, stops }: TripPrediction): void {
    const { vehicle } = departure;
    const trip = nameOf(departure);
    const known = this.promised.get(vehicle);
    const promised = known?.trip === trip ? known : { trip, stops: new Map() };
    for (const { stop_sequence, arrives_ms, low_ms, high_ms } of stops) {
      const lead_s = (arrives_ms - ts) / 1000;
      const name = `${stop_sequence - 1} ${leadGroup(lead_s)}`;
      if (lead_s <= 0 || low_ms === undefined || high_ms === undefined || promised.stops.has(name)) continue;
      promised.stops.set(name, { lead_s, arrives_ms, low_ms, high_ms });
    }
    this.promised.set(vehicle, promised);
  }

  /** Stops that a trip's vehicle reached. */
  judge(trip: OrderedTrip, passages: readonly Passage[]): void {
    const promised = this.promised.get(trip.vehicle);
    if (promised?.trip !== nameOf(trip)) return;
    for (const { kind, stop, at_ms, within_ms } of passages) {
      if (kind !== 'arrival') continue;
      for (const [name, { lead_s, arrives_ms, low_ms, high_ms }] of promised.stops) {
        if (!name.startsWith(`${stop} `)) continue;
        promised.stops.delete(name);
        if (within_ms > Math.max(SHARP.least_ms, SHARP.share * lead_s * 1000)) continue;
        const isInside = low_ms <= at_ms && at_ms <= high_ms;
        this.bands.observe(lead_s, isInside);
        this.outcomes.push({ line: trip.line, lead_s, error_s: (at_ms - arrives_ms) / 1000, isInside });
      }
    }
  }

  forget(vehicle: string): void {
    this.promised.delete(vehicle);
  }

  /** Those since the last time. */
  takeOutcomes(): readonly PredictionOutcome[] {
    const { outcomes } = this;
    this.outcomes = [];
    return outcomes;
  }
}
