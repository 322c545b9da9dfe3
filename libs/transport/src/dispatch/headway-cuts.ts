import type { ModelBuilder, Term } from '#libs/lp';
import type { Line } from './line.js';

/** Slots that a cut looks back: with 8 the bound is the same within 0.03 %, with twice the rows. */
const REACH = 4;

/**
 * Inequalities that every whole plan holds and the relaxation, which would send a tenth of a vehicle each slot, does not:
 * those who came from slot `since` on are still in the queue at the end of slot `until` unless a departure has reached
 * their stop after they came, queue[until] >= sum of came[s] (1 - departures that reached the stop in (s, until]). The (l, S)
 * inequalities of lot sizing (Barany, Van Roy and Wolsey 1984) with waiting in the place of stock.
 */
export const addHeadwayCuts = (
  builder: ModelBuilder,
  line: Line,
  departures: readonly number[],
  queues: readonly (readonly number[])[],
): void => {
  for (const [leg, { arrivals, waiting, boardOffset }] of line.legs.entries()) {
    const came = (slot: number): number => (slot < 0 ? waiting : (arrivals[slot] ?? 0));
    const lastFixed = (until: number): number =>
      Math.max(-Infinity, ...[...line.underWay.keys()].map((slot) => slot + boardOffset).filter((at) => at <= until));
    for (let until = 0; until < line.slots; until += 1) {
      const queue = queues[leg]?.[until];
      const reached = lastFixed(until);
      for (let since = until - 1; since >= Math.max(-1, reached, until - REACH); since -= 1) {
        if (queue === undefined || came(since) === 0) continue;
        const terms: Term[] = [[queue, 1]];
        let people = came(until);
        for (let slot = since; slot < until; slot += 1) people += came(slot);
        for (let at = since + 1; at <= until; at += 1) {
          const departs = departures[at - boardOffset];
          let before = 0;
          for (let slot = since; slot < at; slot += 1) before += came(slot);
          if (departs !== undefined) terms.push([departs, before]);
        }
        builder.addConstraint(`headway[${line.pattern.line},${leg},${since},${until}]`, { lower: people }, terms);
      }
    }
  }
};
