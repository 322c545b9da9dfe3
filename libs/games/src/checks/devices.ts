import type { Fault } from '#libs/kernel';

import { findNumber, findText, type Found, listAt, listBelow } from '../reading/document.js';
import { type Check, faultAt, listSources } from './check.js';

/** Kinds that planners read, each with its unit; a venue has one point of each. */
const planned: Readonly<Record<string, string>> = {
  load_power: 'kW',
  pv_power: 'kW',
  battery_power: 'kW',
  grid_power: 'kW',
  battery_soc: 'ratio',
  count_in: 'people',
  count_out: 'people',
};
const units: Readonly<Record<string, string>> = {
  ...planned,
  sub_power: 'kW',
  asset_power: 'kW',
  store_soc: 'ratio',
  switch_position: 'position',
  energy_counter: 'kWh',
  interval_energy: 'kWh',
};
/** Kinds that nothing but a recording can give. */
const recordedKinds = ['load_power', 'pv_power', 'count_in', 'count_out'];

const faultOf = (point: Found, key: string, rule: string, message: string): Fault =>
  faultAt('devices.yaml', listBelow(point, key)[0] ?? point, rule, message);

const measuredFaults = (point: Found): readonly Fault[] => {
  const faults: Fault[] = [];
  const min = findNumber(point, 'min');
  const max = findNumber(point, 'max');
  if (min !== undefined && max !== undefined && min >= max) {
    faults.push(faultOf(point, 'min', 'min_below_max', `min must be below max (${max}).`));
  }
  const expected = units[findText(point, 'kind') ?? ''];
  const unit = findText(point, 'unit');
  if (unit !== undefined && expected !== undefined && unit !== expected) {
    faults.push(faultOf(point, 'unit', 'unit_of_kind', `A ${findText(point, 'kind') ?? ''} is in ${expected}.`));
  }
  return faults;
};

const recordedFaults = (point: Found): readonly Fault[] => {
  const kind = findText(point, 'kind');
  const rule = findText(point, 'recorded.rule');
  if (kind === undefined) return [];
  if (recordedKinds.includes(kind) && listBelow(point, 'recorded').length === 0) {
    const message = `A ${kind} of a gateway needs a recorded series. Add recorded: {series, scale, rule}, or measure it by an entry of devices.`;
    return [faultOf(point, 'id', 'not_recorded', message)];
  }
  return rule !== undefined && kind.startsWith('count_') !== (rule === 'spread')
    ? [faultOf(point, 'recorded.rule', 'rule_of_kind', 'Counts are spread; everything else is linear or hold.')]
    : [];
};

/** Ranges and units of every point, and what a gateway's own points are recorded from. */
export const checkPoints: Check = (documents) => {
  const own = listAt(documents['devices.yaml'], 'gateways[].points[]');
  const others = listAt(documents['devices.yaml'], 'devices[].points[]');
  return [...[...own, ...others].flatMap(measuredFaults), ...own.flatMap(recordedFaults)];
};

const kindsNeeded = (venue: Found): readonly string[] => [
  'load_power',
  'grid_power',
  ...(listBelow(venue, 'battery').length > 0 ? ['battery_power', 'battery_soc'] : []),
  ...(listBelow(venue, 'pv').length > 0 ? ['pv_power'] : []),
];

/** Every venue is measured: load and grid, and what its battery and PV need. What planners read is there once. */
export const checkMeasured: Check = (documents) => {
  if (documents['devices.yaml'] === undefined) return [];
  return listAt(documents['venues.yaml'], 'venues[]').flatMap((venue) => {
    const id = listBelow(venue, 'id')[0];
    if (!id) return [];
    const kinds = listSources(documents)
      .filter((source) => findText(source, 'venue') === id.value)
      .flatMap((source) => listBelow(source, 'points[].kind'));
    const missing = kindsNeeded(venue)
      .filter((kind) => kinds.every(({ value }) => value !== kind))
      .map((kind) => faultAt('venues.yaml', id, 'unmeasured', `devices.yaml has no ${kind} point for this venue.`));
    const repeated = Object.keys(planned).flatMap((kind) =>
      kinds
        .filter(({ value }) => value === kind)
        .slice(1)
        .map((found) => faultAt('devices.yaml', found, 'one_per_venue', 'A venue has one point of each kind.')),
    );
    return [...missing, ...repeated];
  });
};
