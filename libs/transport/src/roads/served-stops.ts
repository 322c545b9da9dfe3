import type { Conditions } from './conditions.js';
import type { JoinedPlace } from './places.js';
import { arrivalAt, searchFrom } from './search.js';

/** The best way found so far that ends at a stop. */
interface Chain {
  readonly stops: readonly number[];
  readonly now: number;
}

/**
 * The stops of a pattern, by index, that a vehicle can serve in order when it leaves the first of them at 0: as many as there are, and of
 * equally many the earliest there. Empty where it cannot go from any stop to a later one.
 */
export const servedStops = (conditions: Conditions, stops: readonly JoinedPlace[]): readonly number[] => {
  const chains: Chain[] = stops.map((_, index) => ({ stops: [index], now: 0 }));
  stops.forEach((from, index) => {
    const chain = chains[index];
    if (!chain) return;
    const later = stops.slice(index + 1);
    const search = searchFrom(conditions, from, chain.now, later);
    later.forEach((to, step) => {
      const arrival = arrivalAt(search, to);
      if (!arrival) return;
      const place = index + 1 + step;
      const found = { stops: [...chain.stops, place], now: arrival.seconds };
      const known = chains[place];
      if (!known || isBetter(found, known)) chains[place] = found;
    });
  });
  const best = chains.reduce<Chain>((a, b) => (b.stops.length >= a.stops.length ? b : a), { stops: [], now: 0 });
  // From a loop's terminus to the terminus is no service.
  const served = new Set(best.stops.map((index) => stops[index]?.place.id));
  return served.size > 1 ? best.stops : [];
};

const isBetter = (a: Chain, b: Chain): boolean =>
  a.stops.length > b.stops.length || (a.stops.length === b.stops.length && a.now < b.now);
