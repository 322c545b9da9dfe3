import type { DaySample } from '../run-day.js';
import { clockOf, escaped } from './texts.js';

const MOST_STOPS = 18;
const [LEFT, CELL_W, CELL_H] = [200, 7, 16];

/** People who wait, by stop and quarter of an hour: the stops where most wait at once. `most`: what the darkest cell stands for. */
export const heatMapOf = (
  samples: readonly DaySample[],
  stops: readonly { readonly id: string; readonly name: string }[],
  zone: string,
): string => {
  const rows = stops.slice(0, MOST_STOPS);
  const most = Math.max(1, ...samples.flatMap(({ queues }) => rows.map(({ id }) => queues[id] ?? 0)));
  const cells = rows.flatMap(({ id, name }, row) =>
    samples.flatMap(({ queues, at_ms }, column) => {
      const people = queues[id] ?? 0;
      if (people === 0) return [];
      // The root, so that small queues are seen beside large ones.
      const strength = Math.sqrt(people / most).toFixed(2);
      return `<rect class="cell" x="${LEFT + column * CELL_W}" y="${row * CELL_H}" width="${CELL_W}" height="${CELL_H - 1}" fill-opacity="${strength}"><title>${escaped(name)}, ${clockOf(zone, at_ms)}: ${people} people</title></rect>`;
    }),
  );
  const names = rows.map(
    ({ name }, row) =>
      `<text x="${LEFT - 6}" y="${row * CELL_H + 12}" text-anchor="end">${escaped(name.length > 32 ? `${name.slice(0, 31)}…` : name)}</text>`,
  );
  const hours = samples.flatMap(({ at_ms }, column) =>
    column % 16 === 0
      ? `<text x="${LEFT + column * CELL_W}" y="${rows.length * CELL_H + 12}">${clockOf(zone, at_ms)}</text>`
      : [],
  );
  return (
    `<svg viewBox="0 0 ${LEFT + samples.length * CELL_W} ${rows.length * CELL_H + 16}" width="100%" role="img" aria-label="people who wait, by stop and time: at most ${most}">` +
    `${names.join('')}${cells.join('')}${hours.join('')}</svg>`
  );
};
