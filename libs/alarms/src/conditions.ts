import { epochMs, toCivil } from '#libs/kernel';
import type { Condition } from './condition.js';
import { dataConditions } from './data-conditions.js';
import type { AlarmInputs } from './inputs.js';
import { READINGS_STALE_SECONDS } from './staleness.js';
import { vehicleConditions } from './vehicle-conditions.js';

/** Feeder loading at which an alarm is raised; a measured alarm clears 5 % below its threshold. */
const FEEDER_HIGH = 0.95;
const FEEDER_CRITICAL = 1;
const HYSTERESIS = 0.05;
const STALE_CADENCES = 3;
/** Passengers left waiting at the end of the plan's horizon: about a full bus. */
const UNSERVED_PASSENGERS = 40;

const kw = (value: number): string => `${value.toFixed(0)} kW`;
const minutes = (seconds: number): string => `${Math.floor(seconds / 60)} min`;
const percent = (ratio: number): string => `${(100 * ratio).toFixed(0)} %`;

/** `2026-02-06 14:30 (America/New_York)`. */
const civil = (timeZone: string, ms: number): string =>
  `${new Date(toCivil(timeZone, epochMs(ms))).toISOString().slice(0, 16).replace('T', ' ')} (${timeZone})`;

const feeders = (inputs: AlarmInputs): readonly Condition[] =>
  inputs.feeders.flatMap(({ id, name, load_kw, limit_kw }) => {
    const loading = Math.abs(load_kw) / limit_kw;
    if (loading < FEEDER_HIGH - HYSTERESIS) return [];
    return [
      {
        id: `feeder_loading:${id}`,
        priority: loading >= FEEDER_CRITICAL ? 'critical' : 'high',
        text: `${name} carries ${kw(load_kw)} of ${kw(limit_kw)} (${percent(loading)}).`,
        advice: 'Discharge batteries on this feeder, or shed flexible load at its venues.',
        raises: loading >= FEEDER_HIGH,
      },
    ];
  });

const imports = (inputs: AlarmInputs): readonly Condition[] =>
  inputs.venues.flatMap(({ id, name, import_kw, import_limit_kw }) => {
    if (import_kw <= import_limit_kw * (1 - HYSTERESIS)) return [];
    return [
      {
        id: `import_limit:${id}`,
        priority: 'high',
        text: `${name} imports ${kw(import_kw)}; its limit is ${kw(import_limit_kw)}.`,
        advice: 'Override its battery to discharge, or ask the venue to take load off.',
        raises: import_kw > import_limit_kw,
      },
    ];
  });

const plans = (inputs: AlarmInputs): readonly Condition[] =>
  inputs.plans.flatMap(({ kind, age_seconds, cadence_seconds, waiting }) => {
    const allowed = STALE_CADENCES * cadence_seconds;
    if (age_seconds !== null && age_seconds <= allowed) return [];
    return [
      {
        id: `plan_stale:${kind}`,
        priority: 'high',
        text:
          age_seconds === null
            ? `There is no active ${kind} plan.`
            : `The ${kind} plan is ${minutes(age_seconds)} old; a new one is due every ${minutes(cadence_seconds)}.`,
        advice: waiting
          ? 'A newer one waits for approval: approve it, or reject it and another is made.'
          : 'See whether the control role runs.',
        raises: true,
      },
    ];
  });

const readings = (inputs: AlarmInputs): readonly Condition[] =>
  inputs.readings
    .filter(({ age_seconds }) => age_seconds === null || age_seconds > READINGS_STALE_SECONDS)
    .map(({ venue, venue_name, age_seconds }) => ({
      id: `readings_stale:${venue}`,
      priority: 'high',
      text:
        age_seconds === null
          ? `There is no reading of ${venue_name}.`
          : `The newest reading of ${venue_name} is ${minutes(age_seconds)} old; one is due every minute.`,
      advice: 'What is shown of it, and planned for it, is old: see to its gateway, its meters, and the ingest role.',
      raises: true,
    }));

const gateways = (inputs: AlarmInputs): readonly Condition[] =>
  inputs.gateways
    .filter(({ online }) => !online)
    .map(({ venue, venue_name, id }) => ({
      id: `gateway_offline:${venue}:${id}`,
      priority: 'medium',
      text: `Gateway ${id} of ${venue_name} is offline.`,
      advice: 'Readings wait in its buffer and its assets run on their safe default; see to its power and network.',
      raises: true,
    }));

const lines = (inputs: AlarmInputs): readonly Condition[] =>
  inputs.lines.flatMap(({ id, name, unserved_passengers }) => {
    if (unserved_passengers <= UNSERVED_PASSENGERS * (1 - HYSTERESIS)) return [];
    return [
      {
        id: `unserved:${id}`,
        priority: 'medium',
        text: `${name} leaves ${unserved_passengers.toFixed(0)} passengers waiting at the end of its plan.`,
        advice: 'Add departures by an override, or bring vehicles from a line with room.',
        raises: unserved_passengers > UNSERVED_PASSENGERS,
      },
    ];
  });

const violations = (inputs: AlarmInputs): readonly Condition[] => {
  const worst = new Map<string, AlarmInputs['violations'][number]>();
  for (const violation of inputs.violations) {
    const key = `${violation.limit}:${violation.at}`;
    if (violation.worst_kw > (worst.get(key)?.worst_kw ?? -Infinity)) worst.set(key, violation);
  }
  return [...worst].map(([key, { limit, at_name, worst_kw, from_ms }]) => ({
    id: `plan_violation:${key}`,
    priority: 'medium',
    text: `The energy plan cannot hold the ${limit.replace('soc', 'charge').replaceAll('_', ' ')} of ${at_name}: off by up to ${kw(worst_kw)} from ${civil(inputs.time_zone, from_ms)}.`,
    advice: 'Take load off before then, or raise the limit in agreement with the grid operator.',
    raises: true,
  }));
};

/** Everything that is not as it should be, and what is still too near to it to clear. Each id occurs once. */
export const evaluateConditions = (inputs: AlarmInputs): readonly Condition[] => [
  ...feeders(inputs),
  ...imports(inputs),
  ...plans(inputs),
  ...readings(inputs),
  ...gateways(inputs),
  ...dataConditions(inputs),
  ...lines(inputs),
  ...vehicleConditions(inputs),
  ...violations(inputs),
];
