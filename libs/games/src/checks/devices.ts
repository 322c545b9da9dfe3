import type { Fault } from '#libs/kernel';

import { findNumber, findText, type Found, listAt, listBelow } from '../reading/document.js';
import { type Check, faultAt } from './check.js';

const units: Readonly<Record<string, string>> = {
  load_power: 'kW',
  pv_power: 'kW',
  battery_power: 'kW',
  grid_power: 'kW',
  battery_soc: 'ratio',
  count_in: 'people',
  count_out: 'people',
};
/** Kinds that nothing but a recording can give. */
const recordedKinds = ['load_power', 'pv_power', 'count_in', 'count_out'];

const pointFaults = (point: Found): readonly Fault[] => {
  const fault = (key: string, rule: string, message: string): Fault =>
    faultAt('devices.yaml', listBelow(point, key)[0] ?? point, rule, message);
  const faults: Fault[] = [];
  const kind = findText(point, 'kind');
  if (kind === undefined) return [];
  const min = findNumber(point, 'min');
  const max = findNumber(point, 'max');
  if (min !== undefined && max !== undefined && min >= max) {
    faults.push(fault('min', 'min_below_max', `min must be below max (${max}).`));
  }
  const unit = findText(point, 'unit');
  if (unit !== undefined && units[kind] !== undefined && unit !== units[kind]) {
    faults.push(fault('unit', 'unit_of_kind', `A ${kind} is in ${units[kind]}.`));
  }
  const rule = findText(point, 'recorded.rule');
  if (recordedKinds.includes(kind) && listBelow(point, 'recorded').length === 0) {
    faults.push(fault('id', 'not_recorded', `A ${kind} needs a recorded series. Add recorded: {series, scale, rule}.`));
  }
  if (rule !== undefined && kind.startsWith('count_') !== (rule === 'spread')) {
    faults.push(fault('recorded.rule', 'rule_of_kind', 'Counts are spread; everything else is linear or hold.'));
  }
  return faults;
};

export const checkPoints: Check = (documents) =>
  listAt(documents['devices.yaml'], 'gateways[].points[]').flatMap(pointFaults);

const kindsNeeded = (venue: Found): readonly string[] => [
  'load_power',
  'grid_power',
  ...(listBelow(venue, 'battery').length > 0 ? ['battery_power', 'battery_soc'] : []),
  ...(listBelow(venue, 'pv').length > 0 ? ['pv_power'] : []),
];

/** Every venue is measured: load and grid, and what its battery and PV need. Each of those kinds once. */
export const checkMeasured: Check = (documents) => {
  if (documents['devices.yaml'] === undefined) return [];
  return listAt(documents['venues.yaml'], 'venues[]').flatMap((venue) => {
    const id = listBelow(venue, 'id')[0];
    if (!id) return [];
    const kinds = listAt(documents['devices.yaml'], 'gateways[]')
      .filter((gateway) => findText(gateway, 'venue') === id.value)
      .flatMap((gateway) => listBelow(gateway, 'points[].kind'));
    const missing = kindsNeeded(venue)
      .filter((kind) => kinds.every(({ value }) => value !== kind))
      .map((kind) => faultAt('venues.yaml', id, 'unmeasured', `devices.yaml has no ${kind} point for this venue.`));
    const repeated = Object.keys(units).flatMap((kind) =>
      kinds
        .filter(({ value }) => value === kind)
        .slice(1)
        .map((found) => faultAt('devices.yaml', found, 'one_per_venue', 'A venue has one point of each kind.')),
    );
    return [...missing, ...repeated];
  });
};
