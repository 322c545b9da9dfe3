import { type EpochMs, epochMs, MINUTE_MS, toCivil } from '#libs/kernel';

import type { Pack } from './pack.js';
import { getColumn, rowAt } from './recording.js';
import type { RecordedRule } from './schema.js';
import { spreadMinute } from './spread.js';

/** Time-zone offsets change on the quarter hour, so one serves a quarter. */
const QUARTER_MS = 15 * MINUTE_MS;

/** A recorded value in event time: what the recording shows at this civil time of the week, whole recording lengths ago. */
export type Replay = (instant: EpochMs) => number;

/** `<recording>.<column>` taken apart; the recording's id has no dot. */
export const splitSeries = (series: string): { readonly recording: string; readonly column: string } => {
  const dot = series.indexOf('.');
  return { recording: series.slice(0, Math.max(0, dot)), column: series.slice(dot + 1) };
};

type Reader = (civil: number) => number;

const readerOf = (pack: Pack, recorded: RecordedRule): Reader => {
  const name = splitSeries(recorded.series);
  const recording = pack.recordings.get(name.recording);
  if (!recording) throw new Error(`The pack ${pack.games.id} has no recording ${name.recording}.`);
  const column = getColumn(recording, name.column);
  const { rule, scale } = recorded;
  return (civil) => {
    const { row, sinceMs } = rowAt(recording, civil);
    const value = column[row] ?? 0;
    if (rule === 'hold') return value * scale;
    if (rule === 'linear') {
      const next = column[(row + 1) % recording.rows] ?? 0;
      return (value + ((next - value) * sinceMs) / recording.stepMs) * scale;
    }
    return spreadMinute(Math.round(value * scale), {
      minute: Math.floor(sinceMs / MINUTE_MS),
      minutes: recording.stepMs / MINUTE_MS,
      row,
    });
  };
};

/**
 * The series of a pack's point (`point.recorded`), or of its tariff (`{series, scale: 1, rule: 'hold'}`), over event time.
 * `linear` and `hold` are values at the instant; `spread` is the count of the event-minute that holds it.
 * Throws when the pack has no such recording or column, which `loadPack` has ruled out.
 */
export const replayOf = (pack: Pack, recorded: RecordedRule): Replay => {
  const read = readerOf(pack, recorded);
  return (instant) => read(toCivil(pack.games.time_zone, instant));
};

/** Values of the whole event-minutes that start in `[from, to)`, the first at the first whole minute. */
export const minuteValues = (pack: Pack, recorded: RecordedRule, from: EpochMs, to: EpochMs): Float64Array => {
  const read = readerOf(pack, recorded);
  const first = Math.ceil(from / MINUTE_MS) * MINUTE_MS;
  const values = new Float64Array(Math.max(0, Math.ceil((to - first) / MINUTE_MS)));
  let quarter = Number.NaN;
  let offset = 0;
  for (let index = 0; index < values.length; index++) {
    const instant = first + index * MINUTE_MS;
    const current = Math.floor(instant / QUARTER_MS);
    if (current !== quarter) {
      quarter = current;
      offset = toCivil(pack.games.time_zone, epochMs(instant)) - instant;
    }
    values[index] = read(instant + offset);
  }
  return values;
};
