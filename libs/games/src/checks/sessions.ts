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
    ] as const
  ).flatMap(([file, pattern]) =>
    listAt(documents[file], pattern)
      .filter(({ value }) => typeof value === 'string' && findCivil(value) === undefined)
      .map((found) => faultAt(file, found, 'civil_time', 'There is no such day or time of day.')),
  );

export const checkSessions: Check = (documents) =>
  listAt(documents['sessions.yaml'], 'sessions[]').flatMap((session) => {
    const start = findCivil(findText(session, 'start') ?? '');
    const end = findCivil(findText(session, 'end') ?? '');
    if (start === undefined || end === undefined || start < end) return [];
    const found = listBelow(session, 'end')[0] ?? session;
    return [faultAt('sessions.yaml', found, 'end_after_start', 'A session must end after it starts.')];
  });
