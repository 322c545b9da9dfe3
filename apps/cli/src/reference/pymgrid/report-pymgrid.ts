import { formatTable } from '../../output.js';
import type { MicrogridResult } from './run-pymgrid.js';

/** Above the published controller by more than this share is worse than it. */
const WORSE = 1e-3;
/** Costs that differ by a smaller share are the same. */
const SAME = 1e-6;

/** Beside the published model predictive control; null where none is published. */
const aboveMpc = ({ microgrid: { publishedMpc }, perfect }: MicrogridResult): number | null =>
  publishedMpc === null ? null : perfect.cost / publishedMpc - 1;

export const pymgridDocument = (results: readonly MicrogridResult[]): object => ({
  microgrids: Object.fromEntries(
    results.map((result) => [
      result.microgrid.id,
      {
        perfect: result.perfect.cost,
        naive: result.naive.cost,
        greedy: result.greedy.cost,
        published_mpc: result.microgrid.publishedMpc,
        published_lp: result.microgrid.publishedLp,
        above_mpc_ratio: aboveMpc(result),
      },
    ]),
  ),
});

const money = (value: number | null): string => (value === null ? 'none' : value.toFixed(2));

export const pymgridTable = (results: readonly MicrogridResult[]): string =>
  formatTable(
    ['microgrid', 'perfect', 'last day', 'greedy', 'published MPC', 'published LP', 'perfect to MPC'],
    results.map((result) => {
      const above = aboveMpc(result);
      return [
        result.microgrid.id,
        money(result.perfect.cost),
        money(result.naive.cost),
        money(result.greedy.cost),
        money(result.microgrid.publishedMpc),
        money(result.microgrid.publishedLp),
        above === null ? 'none' : `${(above * 100).toFixed(3)} %`,
      ];
    }),
  );

/** With a grid, perfect forecasts must do as well as the published controller; without one, as the greedy rule. */
export const findPymgridFault = (results: readonly MicrogridResult[]): string | undefined => {
  const worse = results.filter((result) => {
    if (result.microgrid.grid) return (aboveMpc(result) ?? 0) > WORSE;
    return Math.abs(result.perfect.cost / result.greedy.cost - 1) > SAME;
  });
  const names = worse.map(({ microgrid }) => microgrid.id);
  return names.length > 0
    ? `With perfect forecasts worse than published, or off grid not as the greedy rule: microgrid ${names.join(', ')}.`
    : undefined;
};
