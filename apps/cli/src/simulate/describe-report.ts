import type { Miss, SimulationReport } from '#libs/simulation';

import { formatTable } from '../output.js';

/** A bound that is not kept, in a sentence. */
export const describeMiss = ({ of, indicator, value, min, max }: Miss): string => {
  if (value === undefined) return `There is no ${indicator} of ${of}.`;
  const bounds = [min === undefined ? [] : [`at least ${min}`], max === undefined ? [] : [`at most ${max}`]].flat();
  return `${of} ${indicator} is ${value.toFixed(2)}, expected ${bounds.join(' and ')}.`;
};

const figure = (mean: number, half: number | undefined): string =>
  half === undefined ? mean.toFixed(2) : `${mean.toFixed(2)} ± ${half.toFixed(2)}`;

/** Means of every policy; of the others than the baseline their difference to it on the same days. */
export const tableOf = ({ scenario: { policies, baseline }, means, differences }: SimulationReport): string => {
  const others = Object.keys(policies).filter((policy) => policy !== baseline);
  const names = Object.keys(means[baseline] ?? {});
  return formatTable(
    ['indicator', baseline, ...others.flatMap((policy) => [policy, 'difference'])],
    names.map((name) => [
      name,
      figure(means[baseline]?.[name]?.mean ?? 0, means[baseline]?.[name]?.half_width),
      ...others.flatMap((policy) => {
        const [own, difference] = [means[policy]?.[name], differences[policy]?.[name]];
        return [figure(own?.mean ?? 0, undefined), figure(difference?.mean ?? 0, difference?.half_width)];
      }),
    ]),
  );
};

/** How much the pairing of days was worth, on the median indicator. */
export const pairingOf = ({ differences }: SimulationReport): string => {
  const reductions = Object.values(differences)
    // What a policy does not touch is the same on both sides, and says nothing.
    .flatMap((of) => Object.values(of).filter(({ mean, half_width }) => mean !== 0 || half_width !== 0))
    .map(({ variance_reduction }) => variance_reduction)
    .filter((value) => value !== undefined)
    .sort((a, b) => a - b);
  const median = reductions[Math.floor(reductions.length / 2)];
  return median === undefined
    ? ''
    : `\nThe same days for all policies lower the variance of a difference by ${(100 * median).toFixed(0)} % (median of the indicators).`;
};

/** Whether rankings depend on how wrong planners are about the world; empty where nobody has looked. */
export const robustnessOf = ({ robustness }: SimulationReport): string => {
  if (!robustness) return '';
  const { reversed } = robustness;
  const mismatches = robustness.mismatch.map(({ value }) => value).join(', ');
  return reversed.length === 0
    ? `\nPolicies rank the same at a mismatch of ${mismatches}.`
    : `\nAt a mismatch of ${mismatches} policies do not rank the same by ${reversed.join(', ')}: see the report.`;
};
