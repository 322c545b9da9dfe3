import { type EpochMs, epochMs, toCivil } from '#libs/kernel';
import type { PlanChange } from './plan-changes.js';
import type { Reason } from './reasons.js';

/** How people call lines and groups, and the time zone in which they read clocks. */
export interface Names {
  readonly timeZone: string;
  readonly line: (id: string) => string;
  readonly group: (id: string) => string;
}

/** A change as operations staff read it: "+6 departures on line C 21:10 to 21:40: 1,900 spectators leave 40 minutes later". */
export const sayChange = ({ line, departures, from_ms, to_ms, reasons }: PlanChange, names: Names): string => {
  const count = `${departures > 0 ? '+' : '−'}${Math.abs(departures)} ${plural(Math.abs(departures), 'departure')}`;
  const when = from_ms === to_ms ? clock(names, from_ms) : `${clock(names, from_ms)} to ${clock(names, to_ms)}`;
  const why = reasons.map((reason) => sayReason(reason, names)).join('; ');
  return `${count} on line ${names.line(line)} ${when}: ${why === '' ? unexplained(departures) : why}`;
};

const unexplained = (departures: number): string =>
  departures > 0 ? 'vehicles are worth more there than elsewhere' : 'its vehicles are worth more elsewhere';

const sayReason = (reason: Reason, names: Names): string => {
  switch (reason.kind) {
    case 'more_people':
      return `${number(Math.abs(reason.passengers))} ${reason.passengers > 0 ? 'more' : 'fewer'} ${names.group(reason.group).toLowerCase()} than expected`;
    case 'people_later':
      return `${number(reason.passengers)} ${names.group(reason.group).toLowerCase()} leave ${Math.abs(reason.minutes)} minutes ${reason.minutes > 0 ? 'later' : 'earlier'}`;
    case 'vehicles_out':
      return `${reason.vehicles.join(', ')} cannot drive`;
    case 'vehicles_back':
      return `${reason.vehicles.join(', ')} can drive again`;
    case 'running_time':
      return `the way takes ${Math.abs(reason.minutes)} minutes ${reason.minutes > 0 ? 'longer' : 'less'}`;
    case 'closed':
      return 'departures were cancelled or allowed again by hand';
    case 'asked':
      return `${reason.departures} ${plural(reason.departures, 'departure')} asked for by hand`;
  }
};

const plural = (count: number, word: string): string => (count === 1 ? word : `${word}s`);

const number = (value: number): string => value.toLocaleString('en-US');

const clock = ({ timeZone }: Names, at: number): string =>
  new Date(toCivil(timeZone, epochMs(at) satisfies EpochMs)).toISOString().slice(11, 16);
