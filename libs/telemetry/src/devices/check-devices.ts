import type { Device, DevicePoint } from '#libs/games';
import { type Fault, showValue } from '#libs/kernel';

import { findProfile, profiles } from '../profiles/index.js';
import { isTopicFilter } from '../topic-filter.js';
import { TOPIC_ROOT } from '../topics.js';
import { findConversion } from '../units.js';

/** A fault of one value of devices.yaml. */
type Say = (path: string, value: unknown, rule: string, message: string) => Fault;

const say: Say = (path, value, rule, message) => ({
  file: 'devices.yaml',
  path,
  value: showValue(value),
  rule,
  message,
});

/** Whether a filter takes topics of the platform's own, which no device publishes. */
const reachesOwnTopics = (filter: string): boolean => {
  const levels = filter.split('/');
  const open = levels.indexOf('#');
  const root = TOPIC_ROOT.split('/');
  if (open === -1 && levels.length <= root.length) return false;
  return root.every((name, index) => {
    if (open !== -1 && index >= open) return true;
    return levels[index] === name || levels[index] === '+';
  });
};

const topicFaults = ({ topic }: Device, path: string): readonly Fault[] => {
  if (!isTopicFilter(topic) || topic.startsWith('$share/')) {
    const message = 'It must be an MQTT topic filter: + and # alone in their level, # only at the end, no $share.';
    return [say(path, topic, 'topic_filter', message)];
  }
  if (!reachesOwnTopics(topic)) return [];
  const message = `It takes topics of ${TOPIC_ROOT}/ too, which are the platform's own. Name the device's first level.`;
  return [say(path, topic, 'own_topics', message)];
};

const pointFaults = ({ kind, unit, source_unit, factor }: DevicePoint, path: string): readonly Fault[] => {
  const faults: Fault[] = [];
  if (source_unit !== undefined && !findConversion(source_unit, unit)) {
    const message = `Nothing in this unit can be stored in ${unit}. Perhaps it is written otherwise: W, kWh, %, degF.`;
    faults.push(say(`${path}.source_unit`, source_unit, 'source_unit', message));
  }
  if (factor !== undefined && unit === 'people') {
    faults.push(say(`${path}.factor`, factor, 'factor_of_people', 'People are counted one by one. Leave factor out.'));
  }
  if (factor !== undefined && factor < 0 && kind === 'energy_counter') {
    const message = 'A counter only counts up, so its factor is positive.';
    faults.push(say(`${path}.factor`, factor, 'factor_of_counter', message));
  }
  return faults;
};

/** What is wrong in a pack's devices by what is known of formats, topics and units. The rest is checked when the pack is read. */
export const checkDevices = (devices: readonly Device[]): readonly Fault[] =>
  devices.flatMap((device, index) => {
    const path = `devices[${index}]`;
    const names = profiles.map(({ name }) => name).join(', ');
    const unknown = findProfile(device.profile)
      ? []
      : [say(`${path}.profile`, device.profile, 'unknown_profile', `There is no such format. Known are ${names}.`)];
    return [
      ...unknown,
      ...topicFaults(device, `${path}.topic`),
      ...device.points.flatMap((point, at) => pointFaults(point, `${path}.points[${at}]`)),
    ];
  });
