import { findNumber, findText, listAt, listBelow } from '../reading/document.js';
import type { Recording } from '../recording.js';
import { splitSeries } from '../replay.js';
import { type Check, faultAt } from './check.js';

const WEEK_MINUTES = 7 * 24 * 60;

/** Weekdays stay weekdays when a recording repeats. */
export const checkWholeWeeks: Check = (documents) =>
  listAt(documents['recordings.yaml'], 'recordings[]').flatMap((recording) => {
    const minutes = (findNumber(recording, 'rows') ?? 0) * (findNumber(recording, 'step_minutes') ?? 0);
    const found = listBelow(recording, 'rows')[0];
    if (!found || minutes % WEEK_MINUTES === 0) return [];
    const message = `rows x step_minutes is ${(minutes / WEEK_MINUTES).toFixed(3)} weeks; it must be whole weeks.`;
    return [faultAt('recordings.yaml', found, 'whole_weeks', message)];
  });

const places = [
  ['devices.yaml', 'gateways[].points[].recorded.series'],
  ['energy.yaml', 'import_price_per_kwh'],
  ['energy.yaml', 'carbon_kg_per_kwh'],
] as const;

/** Series name a recording and one of its columns. Columns are looked up only where the recording could be read. */
export const checkSeries =
  (recordings: ReadonlyMap<string, Recording>): Check =>
  (documents) => {
    if (documents['recordings.yaml'] === undefined) return [];
    const known = listAt(documents['recordings.yaml'], 'recordings[]').map((entry) => findText(entry, 'id'));
    return places.flatMap(([file, pattern]) =>
      listAt(documents[file], pattern).flatMap((found) => {
        if (typeof found.value !== 'string') return [];
        const { recording: id, column } = splitSeries(found.value);
        if (!known.includes(id)) {
          const message = `Expected <recording>.<column> with a recording of ${known.join(', ')}.`;
          return [faultAt(file, found, 'unknown_recording', message)];
        }
        const columns = recordings.get(id)?.columns;
        if (!columns || columns.has(column)) return [];
        return [faultAt(file, found, 'unknown_column', `${id} has the columns ${[...columns.keys()].join(', ')}.`)];
      }),
    );
  };
