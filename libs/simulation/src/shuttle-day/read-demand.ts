import { seasonalNaive } from '#libs/forecast';
import { DAY_MS, epochMs, type Fault, fail, floorTo, ok, type Result } from '#libs/kernel';

import type { DispatchProblem } from './contract.js';
import type { DemandDay, KnownForecast, RidePeople } from './demand-day.js';
import { type DemandDocument, type DemandRow, readDemandRows } from './demand-rows.js';

export interface ReadDemand {
  readonly day: DemandDay;
  /** Where the first forecast is from. */
  readonly forecast: 'file' | 'previous_days' | 'instance';
  /** Rows of the file after the end of the instance's day: nobody drives then. */
  readonly after: number;
}

const MOST_FAULTS = 100;

/**
 * A demand file for an instance. Rows at the instance's time are who came, those of the slot before it wait at its start, earlier ones are previous days. Without a
 * forecast of its own, the file's previous days are forecast from (the same time last week, else yesterday); without previous days, the instance's own rides are the forecast.
 */
export const readDemand = (
  instance: DispatchProblem,
  file: string,
  text: string,
): Result<ReadDemand, readonly Fault[]> => {
  const read = readDemandRows(file, text);
  if (!read.ok) return read;
  const { rows, sessions } = read.value;
  const { start, slotMs, count } = instance.grid;
  const rides = new Map(instance.rides.map((ride, index) => [keyOf({ accessible: false, ...ride }), index]));
  const stops = new Set(instance.patterns.flatMap((pattern) => pattern.stops.map(({ stop }) => stop)));
  const faults: Fault[] = [
    ...rows.flatMap((row) => (rides.has(keyOf(row)) ? [] : [unknownRide(file, row)])),
    ...sessions.flatMap(({ stop }, index) => (stops.has(stop) ? [] : [unknownStop(file, index, stop)])),
  ];
  const slotOf = ({ atMs }: DemandRow): number => Math.floor((atMs - start) / slotMs);
  const came = rows.filter(({ knownMs }) => knownMs === undefined);
  const today = came.filter((row) => slotOf(row) >= -1 && slotOf(row) < count);
  if (faults.length === 0 && today.length === 0) faults.push(emptyDay(file, instance));
  if (faults.length > 0) return fail(faults.slice(0, MOST_FAULTS));

  const sumUp = (list: readonly DemandRow[]): readonly RidePeople[] => {
    const waiting = instance.rides.map(() => 0);
    const arrivals = instance.rides.map(() => new Array<number>(count).fill(0));
    for (const row of list) {
      const ride = rides.get(keyOf(row)) ?? -1;
      const slot = slotOf(row);
      const own = arrivals[ride];
      if (slot === -1) waiting[ride] = (waiting[ride] ?? 0) + row.people;
      else if (own && slot >= 0 && slot < count) own[slot] = (own[slot] ?? 0) + row.people;
    }
    return waiting.map((people, ride) => ({ waiting: people, arrivals: arrivals[ride] ?? [] }));
  };

  const earlier = came.filter((row) => slotOf(row) < -1);
  const before = earlier.length > 0 ? forecastFrom(instance, earlier, rides) : instance.rides;
  const updates = [...new Set(rows.flatMap(({ knownMs }) => knownMs ?? []))].sort((a, b) => a - b);
  const forecasts: KnownForecast[] = [
    { known_s: -Infinity, rides: before.map(({ waiting, arrivals }) => ({ waiting, arrivals })) },
  ];
  for (const known of updates) {
    const own = rows.filter(({ knownMs }) => knownMs === known);
    const named = new Set(own.map((row) => rides.get(keyOf(row))));
    const last = forecasts.at(-1)?.rides ?? [];
    // What an update does not name stays as it was known.
    const next = sumUp(own).map((people, ride) => (named.has(ride) ? people : (last[ride] ?? people)));
    forecasts.push({ known_s: (known - start) / 1000, rides: next });
  }
  const given = (forecasts[1]?.known_s ?? Infinity) <= 0;
  return ok({
    day: {
      name: file,
      came: sumUp(today),
      forecasts,
      sessions: sessions.map(({ id, stop, endsMs }) => ({ id, stop, ends_s: (endsMs - start) / 1000 })),
    },
    forecast: given ? 'file' : earlier.length > 0 ? 'previous_days' : 'instance',
    after: rows.filter((row) => slotOf(row) >= count).length,
  });
};

type RideName = Pick<DemandRow, 'line' | 'from_stop' | 'to_stop' | 'group'> & { readonly accessible?: boolean };

const keyOf = ({ line, from_stop, to_stop, group, accessible = false }: RideName): string =>
  JSON.stringify([line, from_stop, to_stop, group, accessible]);

/** Each ride for itself, from the previous days; nothing that was not counted is known to be nobody. */
const forecastFrom = (
  { grid, rides }: DispatchProblem,
  rows: readonly DemandRow[],
  indexOf: ReadonlyMap<string, number>,
): readonly RidePeople[] => {
  const first = rows.reduce((least, { atMs }) => Math.min(least, atMs), Infinity);
  const slots = Math.ceil((grid.start - floorTo(epochMs(first), DAY_MS)) / grid.slotMs);
  const start = epochMs(grid.start - slots * grid.slotMs);
  const counted = rides.map(() => new Array<number>(slots).fill(0));
  for (const row of rows) {
    const own = counted[indexOf.get(keyOf(row)) ?? -1];
    const slot = Math.floor((row.atMs - start) / grid.slotMs);
    if (own && slot >= 0 && slot < slots) own[slot] = (own[slot] ?? 0) + row.people;
  }
  return counted.map((values) => {
    const history = { grid: { ...grid, start, count: slots }, values };
    const { values: arrivals } = seasonalNaive({ history, grid, timeZone: 'UTC', least: 0 });
    return { waiting: 0, arrivals };
  });
};

const unknownRide = (file: string, row: DemandRow): Fault => ({
  file,
  path: row.path,
  value: [row.line, row.from_stop, row.to_stop, row.group, ...(row.accessible ? ['accessible'] : [])].join(' '),
  rule: 'unknown_ride',
  message: 'The instance has no such ride (line, from_stop, to_stop, group, accessible).',
});

const unknownStop = (file: string, index: number, stop: string): Fault => ({
  file,
  path: `sessions[${index}].stop`,
  value: stop,
  rule: 'unknown_stop',
  message: 'No pattern of the instance calls there.',
});

const emptyDay = (file: string, { grid }: DispatchProblem): Fault => ({
  file,
  path: '',
  rule: 'empty_day',
  message: `Nobody comes between ${new Date(grid.start).toISOString()} and ${new Date(grid.start + grid.count * grid.slotMs).toISOString()}, the instance's time.`,
});

/** A day as a file that `readDemand` reads back. */
export const demandDocument = ({ grid, rides }: DispatchProblem, day: DemandDay): DemandDocument => {
  const timeAt = (seconds: number): string => new Date(grid.start + seconds * 1000).toISOString();
  const series = (people: readonly RidePeople[]) =>
    people.flatMap(({ waiting, arrivals }, index) => {
      const ride = rides[index];
      if (!ride) return [];
      const { line, from_stop, to_stop, group, accessible = false } = ride;
      const start = timeAt(-grid.slotMs / 1000);
      return [{ line, from_stop, to_stop, group, accessible, start, people: [waiting, ...arrivals] }];
    });
  return {
    came: series(day.came),
    forecasts: day.forecasts.map(({ known_s, rides: people }) => ({
      known_at: timeAt(known_s),
      rides: series(people),
    })),
    sessions: day.sessions.map(({ id, stop, ends_s }) => ({ id, stop, ends_at: timeAt(ends_s) })),
  };
};
