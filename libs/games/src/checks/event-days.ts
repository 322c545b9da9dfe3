import { findCivil } from '../civil.js';
import { type Found, findText, listAt, listBelow } from '../reading/document.js';
import { type Check, faultAt } from './check.js';

/** The event's days exist and are in order, and it begins on one of them. Dates that are not even shaped so are the schema's. */
export const checkEventDays: Check = (documents) =>
  listAt(documents['games.yaml'], 'days').flatMap((days) => {
    const at = (key: string): Found => listBelow(days, key)[0] ?? days;
    const fault = (key: string, rule: string, sentence: string) => [faultAt('games.yaml', at(key), rule, sentence)];
    const [first, last, begin] = ['first', 'last', 'begin'].map((key) => findText(days, key));
    if (first === undefined || last === undefined || begin === undefined) return [];
    if (findCivil(`${first}T00:00`) === undefined) return fault('first', 'civil_time', 'There is no such day.');
    if (findCivil(`${last}T00:00`) === undefined) return fault('last', 'civil_time', 'There is no such day.');
    if (findCivil(begin) === undefined) return fault('begin', 'civil_time', 'There is no such day or time of day.');
    if (last < first) return fault('last', 'end_after_start', 'It must not be before first.');
    const day = begin.slice(0, 10);
    if (day < first || day > last) return fault('begin', 'event_day', 'It must be on a day from first to last.');
    return [];
  });
