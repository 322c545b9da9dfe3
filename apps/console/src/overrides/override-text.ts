import type { Line, Override, Overview } from '../api/wire.js';
import type { Level } from '../controls/level.js';
import { formatMoment } from '../format/civil-time.js';
import { formatPower } from '../format/quantity.js';

const nameIn = (list: readonly { readonly id: string; readonly name: string }[], id: unknown): string =>
  list.find((entry) => entry.id === id)?.name ?? String(id);

/** What an override says, as a sentence without its end. */
export const describeOverride = (
  { kind, target }: Pick<Override, 'kind' | 'target'>,
  overview: Pick<Overview, 'venues' | 'feeders' | 'lines' | 'event'>,
  now: number,
): string => {
  if (kind === 'setpoint') {
    const value = Number(target['value']);
    const venue = nameIn(overview.venues, target['venue']);
    if (target['asset'] === 'pv') return `${venue}: PV feeds in at most ${formatPower(value)} kW`;
    if (value === 0) return `${venue}: battery idle`;
    return `${venue}: battery ${value > 0 ? 'charges' : 'discharges'} at ${formatPower(Math.abs(value))} kW`;
  }
  if (kind === 'switch')
    return `${nameIn(overview.venues, target['venue'])}: ${String(target['switch'])} stays on ${String(target['connection'])}`;
  if (kind === 'vehicle') return `${String(target['vehicle'])} cannot drive`;
  if (kind === 'road') return `${String(target['road'])} is closed`;
  if (kind === 'outage') return `${outageName(target, overview)} has no power`;
  const line = nameIn(overview.lines, target['line']);
  const at = formatMoment(overview.event.time_zone, Number(target['departs_ms']), now);
  return `${line}: departure at ${at} ${target['action'] === 'cancel' ? 'cancelled' : 'added'}`;
};

/** A feeder's name, else what it is with its id. */
const outageName = ({ of, id }: Override['target'], { feeders }: Pick<Overview, 'feeders'>): string =>
  of === 'feeder' ? nameIn(feeders, id) : `${String(of)} ${String(id)}`;

/** What becomes of an added departure; undefined while nothing is known, and for every other override. */
export const departureFate = (
  { kind, target }: Pick<Override, 'kind' | 'target'>,
  lines: readonly Pick<Line, 'id' | 'next_departures' | 'dropped_departures'>[],
): { readonly level: Level; readonly text: string } | undefined => {
  if (kind !== 'departure' || target['action'] !== 'add') return undefined;
  const line = lines.find(({ id }) => id === target['line']);
  const isIt = (departure: { readonly departs_ms: number }) => departure.departs_ms === target['departs_ms'];
  const dropped = line?.dropped_departures.find(isIt);
  if (dropped) return { level: 'bad', text: `cannot leave: ${dropped.reason}` };
  const vehicle = line?.next_departures.find(isIt)?.vehicle;
  return vehicle ? { level: 'good', text: `by ${vehicle}` } : undefined;
};
