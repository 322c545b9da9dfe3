import type { DaySample } from '../run-day.js';

import { heatMapOf } from './heat-map.js';
import { networkMapOf } from './network-map.js';
import type { SimulationReport } from './simulation-report.js';
import { clockOf, escaped } from './texts.js';

const WIDTH = 900;
const HEIGHT = 140;
const [LEFT, BOTTOM] = [60, 18];
/** Distinct also for those who do not see red and green apart (Okabe and Ito 2008). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];

interface Picture {
  readonly title: string;
  readonly unit: string;
  readonly limit?: number;
  readonly valueOf: (sample: DaySample) => number;
}

/** The first drawn day over time: who waits, what feeders carry, how full batteries are; a curve a policy. */
export const picturesOf = ({
  days,
  feeders,
  zone,
  network,
}: Pick<SimulationReport, 'days' | 'feeders' | 'zone' | 'network'>): string => {
  const runs = days.flatMap(({ policy, samples }) => (samples && samples.length > 1 ? [{ policy, samples }] : []));
  if (runs.length === 0) return '';
  const stores = Object.keys(runs[0]?.samples[0]?.soc_ratio ?? {});
  const pictures: readonly Picture[] = [
    { title: 'People who wait', unit: 'people', valueOf: ({ waiting }) => waiting },
    ...feeders.map(({ id, limit_kw }, at) => ({
      title: `Feeder ${id}`,
      unit: 'kW',
      limit: limit_kw,
      valueOf: ({ feeder_kw }: DaySample) => feeder_kw[at] ?? 0,
    })),
    ...stores.map((venue) => ({
      title: `Battery of ${venue}`,
      unit: '% full',
      valueOf: ({ soc_ratio }: DaySample) => 100 * (soc_ratio[venue] ?? 0),
    })),
  ];
  const legend = runs
    .map(({ policy }, at) => `<span style="color:${colourOf(at)}">&#9632;</span> ${policy}`)
    .join(' &nbsp; ');
  return `<h2>The first day</h2><p>${legend}</p>${pictures.map((picture) => drawPicture(picture, runs, zone)).join('')}${drawQueues(runs, network, zone)}`;
};

/** Where and when people wait, a picture of each a policy, all to the same scale. */
const drawQueues = (
  runs: readonly { readonly policy: string; readonly samples: readonly DaySample[] }[],
  { stops, lines }: SimulationReport['network'],
  zone: string,
): string => {
  const peaks = runs.map(({ samples }) => {
    const peak = new Map<string, number>();
    for (const { queues } of samples)
      for (const [stop, people] of Object.entries(queues)) peak.set(stop, Math.max(peak.get(stop) ?? 0, people));
    return peak;
  });
  const worst = (stop: string): number => Math.max(...peaks.map((peak) => peak.get(stop) ?? 0));
  const busy = stops.filter(({ id }) => worst(id) > 0).toSorted((a, b) => worst(b.id) - worst(a.id));
  if (busy.length === 0) return '';
  const most = worst(busy[0]?.id ?? '');
  return runs
    .map(
      ({ policy, samples }, at) =>
        `<figure><figcaption>Queues under ${escaped(policy)}, by stop and time</figcaption>${heatMapOf(samples, busy, zone)}</figure>` +
        `<figure><figcaption>Longest queues under ${escaped(policy)}, on the map</figcaption>${networkMapOf(stops, lines, (stop) => peaks[at]?.get(stop) ?? 0, most)}</figure>`,
    )
    .join('');
};

const colourOf = (at: number): string => COLOURS[at % COLOURS.length] ?? '';

const drawPicture = (
  { title, unit, limit, valueOf }: Picture,
  runs: readonly { readonly policy: string; readonly samples: readonly DaySample[] }[],
  zone: string,
): string => {
  const all = runs.flatMap(({ samples }) => samples.map(valueOf));
  const [low, high] = [Math.min(0, ...all), Math.max(1, limit ?? 0, ...all)];
  const times = runs[0]?.samples.map(({ at_ms }) => at_ms) ?? [];
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 1];
  const x = (at: number): number => LEFT + ((at - from) / (to - from)) * (WIDTH - LEFT);
  const y = (value: number): number => 4 + ((high - value) / (high - low)) * (HEIGHT - BOTTOM - 8);
  const curves = runs.map(
    ({ samples }, at) =>
      `<path class="curve" stroke="${colourOf(at)}" d="M${samples.map((sample) => `${x(sample.at_ms).toFixed(1)} ${y(valueOf(sample)).toFixed(1)}`).join('L')}"/>`,
  );
  const hours = times.filter((_, at) => at % 16 === 0);
  const rule = (value: number, kind: string): string =>
    `<line class="${kind}" x1="${LEFT}" x2="${WIDTH}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}"/>`;
  const name = `${title}, ${unit}: at most ${Math.max(...all).toFixed(0)}${limit === undefined ? '' : `, limit ${limit}`}`;
  return (
    `<figure><figcaption>${title}, ${unit}</figcaption><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="100%" role="img" aria-label="${name}">` +
    `${rule(0, 'axis')}${limit === undefined ? '' : rule(limit, 'limit')}` +
    `<text x="${LEFT - 6}" y="${y(high) + 9}" text-anchor="end">${high.toFixed(0)}</text><text x="${LEFT - 6}" y="${y(low)}" text-anchor="end">${low.toFixed(0)}</text>` +
    hours.map((at) => `<text x="${x(at).toFixed(0)}" y="${HEIGHT - 3}">${clockOf(zone, at)}</text>`).join('') +
    `${curves.join('')}</svg></figure>`
  );
};
