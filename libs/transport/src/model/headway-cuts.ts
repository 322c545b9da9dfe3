import type { SparseBuilder } from '#libs/lp';
import type { DispatchProblem } from '../problem/problem.js';
import type { BoardColumns, DispatchIndex } from './dispatch-index.js';
import { underWayRoom } from './under-way.js';

/** Slots that a cut looks back. */
const REACH = 4;

/**
 * Inequalities that every whole plan holds and the relaxation, which would send a tenth of a vehicle each slot, does not: those who came from slot
 * `since` on are still in the queue at the end of slot `until` unless a departure that serves them has reached their stop after they came,
 * queue[until] >= sum of came[s] (1 - departures that reached the stop in (s, until]). The (l, S) inequalities of lot sizing (Barany, Van Roy and Wolsey
 * 1984) with waiting in the place of stock. Vehicles under way reach stops too: no cut looks back past one.
 */
export const addHeadwayCuts = (
  builder: SparseBuilder,
  problem: DispatchProblem,
  { boards, queue, depart }: Pick<DispatchIndex, 'boards' | 'queue' | 'depart'>,
): void => {
  const room = underWayRoom(problem);
  const servedBy = problem.rides.map((): BoardColumns[] => []);
  for (const board of boards) servedBy[board.ride]?.push(board);
  for (const [r, { arrivals, waiting }] of problem.rides.entries()) {
    const came = (slot: number): number => (slot < 0 ? waiting : (arrivals[slot] ?? 0));
    const services = servedBy[r] ?? [];
    const fixed = new Set(
      services.flatMap(({ pattern, boardOffset }) =>
        [...(room[pattern]?.keys() ?? [])].map((slot) => slot + boardOffset),
      ),
    );
    for (let until = 0; until < problem.grid.count; until += 1) {
      // One more look back reaches who came in `since`: all who came before it are served by the same departures or left out.
      for (let since = until - 1; since >= Math.max(-1, until - REACH) && !fixed.has(since + 1); since -= 1) {
        if (came(since) === 0) continue;
        let people = 0;
        for (let slot = since; slot <= until; slot += 1) people += came(slot);
        const row = builder.addRow(`headway[${r},${since},${until}]`, { lower: people });
        builder.addEntry(row, queue[r]?.[until] ?? -1, 1);
        let before = 0;
        for (let at = since + 1; at <= until; at += 1) {
          before += came(at - 1);
          for (const { pattern, boardOffset } of services) {
            const column = depart[pattern]?.[at - boardOffset] ?? -1;
            if (column >= 0) builder.addEntry(row, column, before);
          }
        }
      }
    }
  }
};
