import { findCivil } from '../civil.js';
import { findText, listAt, listBelow } from '../reading/document.js';
import { type Check, faultAt } from './check.js';

/** Civil times exist: no 30 February, no 25:00. Times that are not even shaped so are the schema's. */
export const checkCivilTimes: Check = (documents) =>
  (
    [
      ['sessions.yaml', 'sessions[].start'],
      ['sessions.yaml', 'sessions[].end'],
      ['recordings.yaml', 'recordings[].start'],
      ['venues.yaml', 'venues[].grid.outages[].from'],
      ['venues.yaml', 'venues[].grid.outages[].until'],
      ['venues.yaml', 'venues[].connections[].outages[].from'],
      ['venues.yaml', 'venues[].connections[].outages[].until'],
    ] as const
  ).flatMap(([file, pattern]) =>
    listAt(documents[file], pattern)
      .filter(({ value }) => typeof value === 'string' && findCivil(value) === undefined)
      .map((found) => faultAt(file, found, 'civil_time', 'There is no such day or time of day.')),
  );

const windows = [
  ['sessions.yaml', 'sessions[]', 'start', 'end'],
  ['venues.yaml', 'venues[].grid.outages[]', 'from', 'until'],
  ['venues.yaml', 'venues[].connections[].outages[]', 'from', 'until'],
] as const;

/** Sessions and outages end after they start. */
export const checkWindows: Check = (documents) =>
  windows.flatMap(([file, pattern, first, last]) =>
    listAt(documents[file], pattern).flatMap((window) => {
      const start = findCivil(findText(window, first) ?? '');
      const end = findCivil(findText(window, last) ?? '');
      if (start === undefined || end === undefined || start < end) return [];
      const found = listBelow(window, last)[0] ?? window;
      return [faultAt(file, found, 'end_after_start', `It must be after ${first}.`)];
    }),
  );
