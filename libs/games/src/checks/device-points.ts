import type { Fault } from '#libs/kernel';

import { findText, type Found, listAt, listBelow } from '../reading/document.js';
import { type Check, faultAt } from './check.js';

type Say = (key: string, rule: string, message: string) => Fault;

const has = (point: Found, key: string): boolean => listBelow(point, key).length > 0;

const differenceFaults = (point: Found, counters: readonly string[], say: Say): readonly Fault[] => {
  const faults: Fault[] = [];
  const counter = findText(point, 'difference_of');
  if (counter !== undefined && !counters.includes(counter)) {
    const message = `It must be an energy_counter of this device with a from; there is ${counters.join(', ') || 'none'}.`;
    faults.push(say('difference_of', 'unknown_counter', message));
  }
  const unit = findText(point, 'unit');
  if (unit !== undefined && unit !== 'kW' && unit !== 'kWh') {
    faults.push(say('unit', 'unit_of_difference', 'A difference of a counter is power in kW or energy in kWh.'));
  }
  for (const key of ['source_unit', 'factor']) {
    if (has(point, key)) faults.push(say(key, 'belongs_to_counter', `Give ${key} to the counter instead.`));
  }
  return faults;
};

const originFaults = (point: Found, counters: readonly string[]): readonly Fault[] => {
  const say: Say = (key, rule, message) => faultAt('devices.yaml', listBelow(point, key)[0] ?? point, rule, message);
  const faults: Fault[] = [];
  const isCounter = findText(point, 'kind') === 'energy_counter';
  const [direct, derived] = [has(point, 'from'), has(point, 'difference_of')];
  if (direct === derived) {
    faults.push(say('id', 'from_or_difference', 'A point of a device has either from or difference_of.'));
  } else if (derived) {
    faults.push(...differenceFaults(point, counters, say));
  }
  if (has(point, 'rollover_at') && !isCounter) {
    faults.push(say('rollover_at', 'rollover_of_counter', 'Only an energy_counter rolls over.'));
  }
  return faults;
};

/** Where the values of devices' points come from: a channel of the device, or the difference of one of its counters. */
export const checkOrigins: Check = (documents) =>
  listAt(documents['devices.yaml'], 'devices[]').flatMap((device) => {
    const points = listBelow(device, 'points[]');
    const counters = points
      .filter((point) => findText(point, 'kind') === 'energy_counter' && has(point, 'from'))
      .flatMap((point) => findText(point, 'id') ?? []);
    return points.flatMap((point) => originFaults(point, counters));
  });
