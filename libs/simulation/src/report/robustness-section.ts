import type { Robustness, Variation } from '../studies/robustness.js';
import { escaped, number } from './texts.js';

/** Whether the ranking of policies holds in a world that differs more or less from what planners expect, and with other effort. */
export const robustnessSection = ({ mismatch, effort, reversed }: Robustness): string =>
  '<section><h2>Would it be otherwise?</h2>' +
  `<p>${reversed.length === 0 ? 'Policies rank the same whether planners know the world, are as wrong about it as usual, or twice as wrong.' : `The ranking depends on how wrong planners are about the world: ${reversed.map(escaped).join(', ')}.`}</p>` +
  tableOf(
    'Times off the world',
    mismatch,
    (variation) => `mismatch ${number(variation.value)}, ${variation.days} days`,
  ) +
  tableOf('Effort', effort, (variation) => `${number(variation.value)} moves a plan, the first day`) +
  '</section>';

const tableOf = (title: string, variations: readonly Variation[], nameOf: (variation: Variation) => string): string => {
  const [first] = variations;
  if (!first) return '';
  const policies = Object.keys(first.means);
  const rows = Object.keys(first.ranking).map((indicator) => {
    const cells = variations.flatMap(({ means }) => {
      const values = policies.map((policy) => means[policy]?.[indicator] ?? 0);
      const least = Math.min(...values);
      const isAlone = values.filter((value) => value === least).length === 1;
      return values.map(
        (value) => `<td>${isAlone && value === least ? `<b>${number(value)}</b>` : number(value)}</td>`,
      );
    });
    return `<tr><th scope="row">${escaped(indicator)}</th>${cells.join('')}</tr>`;
  });
  const head = variations.map((one) => `<th colspan="${policies.length}">${escaped(nameOf(one))}</th>`).join('');
  const under = variations.flatMap(() => policies.map((policy) => `<th>${escaped(policy)}</th>`)).join('');
  return `<table><caption>${title}; bold: the least</caption><thead><tr><th rowspan="2">Indicator</th>${head}</tr><tr>${under}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
};
