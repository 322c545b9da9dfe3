import { at } from '../roads/node-queue.js';
import type { Strategy } from './find-strategy.js';
import type { TransitNetwork } from './transit-network.js';

/** A ride on one line that a share of those who set out takes. */
export interface TripLeg {
  readonly line: string;
  readonly fromStop: string;
  readonly toStop: string;
  /** Of all who set out; above 0. */
  readonly share: number;
  /** From setting out until they come to `fromStop`, s, in the mean. */
  readonly comesS: number;
  /** The first ride of those who take it. */
  readonly isFirst: boolean;
}

/** How people go from one stop to the destination of a strategy. */
export type PassengerTrip =
  | { readonly kind: 'ride'; readonly seconds: number; readonly legs: readonly TripLeg[] }
  /** All of the way on foot, or there already. */
  | { readonly kind: 'walk'; readonly seconds: number }
  | { readonly kind: 'unreachable' };

/** Those who come to a stop: their share, and share times seconds since setting out. */
interface Coming {
  share: number;
  shareTimesS: number;
}

/** The rides of those who set out from a stop and follow the strategy. Legs of one line between the same stops are one, whatever pattern drives them. */
export const splitTrip = (network: TransitNetwork, strategy: Strategy, origin: number): PassengerTrip => {
  const seconds = at(strategy.seconds, origin);
  if (seconds === Infinity) return { kind: 'unreachable' };
  const coming = new Map<number, Coming>([[origin, { share: 1, shareTimesS: 0 }]]);
  const arrive = (stop: number, share: number, atS: number): void => {
    const known = coming.get(stop) ?? { share: 0, shareTimesS: 0 };
    coming.set(stop, { share: known.share + share, shareTimesS: known.shareTimesS + share * atS });
  };
  const legs = new Map<string, TripLeg>();
  for (let stop = furthest(strategy, coming); stop !== strategy.destination; stop = furthest(strategy, coming)) {
    const { share, shareTimesS } = coming.get(stop) ?? { share: 0, shareTimesS: 0 };
    coming.delete(stop);
    const comesS = shareTimesS / share;
    const way = at(strategy.walk, stop);
    if (way >= 0) {
      arrive(at(network.walkTo, way), share, comesS + at(network.walkS, way));
      continue;
    }
    // Who boards first boards at one stop: until then everybody walks the same way.
    const isFirst = legs.size === 0;
    const rate = at(strategy.rate, stop);
    for (const call of boardedAt(network, strategy, stop)) {
      const part = (share * at(network.callRate, call)) / rate;
      const ride = rideFrom(network, strategy, call);
      addLeg(legs, {
        line: network.patterns[at(network.callPattern, call)]?.line ?? '',
        fromStop: network.stops[stop] ?? '',
        toStop: network.stops[ride.stop] ?? '',
        share: part,
        comesS,
        isFirst,
      });
      arrive(ride.stop, part, comesS + 1 / rate + ride.seconds);
    }
  }
  return legs.size === 0 ? { kind: 'walk', seconds } : { kind: 'ride', seconds, legs: [...legs.values()] };
};

/** Nobody comes to the furthest stop any more: everybody moves nearer. */
const furthest = (strategy: Strategy, coming: ReadonlyMap<number, Coming>): number =>
  [...coming.keys()].reduce((a, b) => (isFurther(strategy, b, a) ? b : a), strategy.destination);

const isFurther = ({ seconds, destination }: Strategy, a: number, b: number): boolean =>
  b === destination || (a !== destination && at(seconds, a) > at(seconds, b));

const boardedAt = ({ firstCall, calls }: TransitNetwork, { boards }: Strategy, stop: number): readonly number[] =>
  [...calls.subarray(at(firstCall, stop), at(firstCall, stop + 1))].filter((call) => boards[call] === 1);

/** Where those on board at a call alight, and how long they ride. */
const rideFrom = (
  { callStop, rideS }: TransitNetwork,
  { alights }: Strategy,
  call: number,
): { readonly stop: number; readonly seconds: number } => {
  let [now, seconds] = [call, 0];
  while (alights[now] === 0) seconds += at(rideS, now++);
  return { stop: at(callStop, now), seconds };
};

const addLeg = (legs: Map<string, TripLeg>, leg: TripLeg): void => {
  const key = JSON.stringify([leg.line, leg.fromStop, leg.toStop]);
  const known = legs.get(key);
  if (!known) {
    legs.set(key, leg);
    return;
  }
  const share = known.share + leg.share;
  legs.set(key, { ...leg, share, comesS: (known.share * known.comesS + leg.share * leg.comesS) / share });
};
