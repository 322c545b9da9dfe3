import type { Comparison, Figure } from '../replications/compare-days.js';

import { picturesOf } from './report-pictures.js';
import { robustnessSection } from './robustness-section.js';
import type { SimulationReport } from './simulation-report.js';
import { escaped, number } from './texts.js';

const figure = ({ mean, half_width }: Figure): string =>
  half_width === undefined ? number(mean) : `${number(mean)} <small>± ${number(half_width)}</small>`;

/** Whether an interval leaves out nought. */
const isSure = ({ mean, half_width }: Comparison): boolean => half_width !== undefined && Math.abs(mean) > half_width;

const WIDTH = 260;
const HEIGHT = 22;

/** Differences of the single days as dots, their interval as a bar, nought as a line. */
const dotsOf = (values: readonly number[], { mean, half_width = 0 }: Comparison): string => {
  const most = Math.max(...values.map(Math.abs), Math.abs(mean) + half_width, 1e-9);
  const x = (value: number): string => ((0.5 + (0.48 * value) / most) * WIDTH).toFixed(1);
  const dots = values.map((value) => `<circle cx="${x(value)}" cy="${HEIGHT / 2}" r="2.5"/>`).join('');
  return (
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="differences of the days, from ${number(-most)} to ${number(most)}">` +
    `<line class="nought" x1="${WIDTH / 2}" x2="${WIDTH / 2}" y1="0" y2="${HEIGHT}"/>` +
    `<line class="interval" x1="${x(mean - half_width)}" x2="${x(mean + half_width)}" y1="${HEIGHT / 2}" y2="${HEIGHT / 2}"/>${dots}</svg>`
  );
};

/** A page on its own: what was run, means of every policy, and differences to the baseline. */
export const reportPage = (report: SimulationReport): string => {
  const { scenario, means, differences, misses, days } = report;
  const { baseline } = scenario;
  const policies = Object.keys(scenario.policies);
  const indicators = Object.keys(means[baseline] ?? {});
  const rows = indicators.map(
    (name) =>
      `<tr><th scope="row">${escaped(name)}</th>${policies
        .map((policy) => `<td>${figure(means[policy]?.[name] ?? { mean: 0, half_width: undefined })}</td>`)
        .join('')}</tr>`,
  );
  const valueOf = (policy: string, replication: number, name: string): number =>
    days.find((day) => day.policy === policy && day.replication === replication)?.indicators[name] ?? 0;
  const compared = policies
    .filter((policy) => policy !== baseline)
    .map((policy) => {
      const lines = indicators.map((name) => {
        const difference = differences[policy]?.[name] ?? {
          mean: 0,
          half_width: undefined,
          variance_reduction: undefined,
        };
        const values = Array.from(
          { length: scenario.replications },
          (_, replication) => valueOf(policy, replication, name) - valueOf(baseline, replication, name),
        );
        const reduction = difference.variance_reduction;
        return `<tr><th scope="row">${escaped(name)}</th><td>${isSure(difference) ? '<b>' : ''}${figure(difference)}${isSure(difference) ? '</b>' : ''}</td><td>${dotsOf(values, difference)}</td><td>${reduction === undefined ? '' : `${(100 * reduction).toFixed(0)} %`}</td></tr>`;
      });
      return `<section><h2>${escaped(policy)} less ${escaped(baseline)}, on the same days</h2><table><thead><tr><th>Indicator</th><th>Mean difference</th><th>Each day</th><th>Variance saved by pairing</th></tr></thead><tbody>${lines.join('')}</tbody></table></section>`;
    });
  const missed = misses.map(
    ({ of, indicator, value, min, max }) =>
      `<li>${escaped(of)} ${escaped(indicator)}: ${value === undefined ? 'not there' : number(value)}, expected ${min === undefined ? '' : `at least ${min} `}${max === undefined ? '' : `at most ${max}`}</li>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(scenario.title)}</title>
<style>
body{font:14px/1.45 system-ui,sans-serif;margin:1.5rem auto;max-width:70rem;padding:0 1rem;color:#1a202c;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}section{overflow-x:auto}
th,td{padding:.25rem .6rem;border-bottom:1px solid #e2e8f0;text-align:right;white-space:nowrap}th[scope=row],thead tr:first-child th:first-child{text-align:left;font-weight:500}
small{color:#596579}svg circle{fill:#2b6cb0;fill-opacity:.55}figure{margin:1rem 0}figcaption{color:#596579}.axis{stroke:#cbd5e0}.limit{stroke:#c53030;stroke-dasharray:4 3}.curve{fill:none;stroke-width:1.5}text{font:11px system-ui,sans-serif;fill:#596579}.cell{fill:#0072b2}.way{fill:none;stroke:#a0aec0;stroke-width:.8}.nought{stroke:#a0aec0}.interval{stroke:#1a202c;stroke-width:2}
@media(prefers-color-scheme:dark){body{color:#e2e8f0;background:#14181f}th,td{border-color:#2d3748}small{color:#9aa5b5}.interval{stroke:#e2e8f0}svg circle{fill:#63b3ed}}
</style></head><body>
<h1>${escaped(scenario.title)}</h1>
<p>${escaped(scenario.day)}, ${scenario.replications} drawn days, seed ${scenario.seed}, mismatch ${scenario.mismatch}, ${scenario.effort.moves} moves a dispatch plan.</p>
<p>${report.ok ? 'As expected.' : 'Not as expected:'}</p>${missed.length > 0 ? `<ul>${missed.join('')}</ul>` : ''}
<section><h2>Means</h2><table><thead><tr><th>Indicator</th>${policies.map((policy) => `<th>${escaped(policy)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></section>
${compared.join('\n')}
${report.robustness ? robustnessSection(report.robustness) : ''}
${picturesOf(report)}
<h2>How to read this</h2>
<p>Every policy meets the same days: people, roads, loads, sun and breakdowns are drawn by what they are for, so that a difference is the policy's and not chance's. Intervals hold for all indicators of a policy together at 95 % (Bonferroni); of tails, worst cases and clearing times by bootstrap. Bold: the interval leaves out nought.</p>
<h2>Overlays</h2><pre>${escaped(JSON.stringify(scenario.overlays, null, 1))}</pre>
</body></html>
`;
};
