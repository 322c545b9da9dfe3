const SIZE = 'Let the device send less at once, in more messages.';
const SHAPE =
  'It is not what this format says: see whether the profile in devices.yaml is the right one, and the settings of the device.';
const VALUE = 'The device sends no usable number here: see its sensor and its settings.';
const NAMES = 'Give it a name, or a shorter one, at the device.';

const ADVICE: ReadonlyMap<string, string> = new Map([
  [
    'unknown_point',
    'Add the point to devices.yaml of the Games pack, or take it out at the gateway; then restart the platform.',
  ],
  ['unknown_gateway', 'Add the gateway to devices.yaml of the Games pack, or correct its venue and id at the gateway.'],
  ['unknown_topic', 'No topic in devices.yaml covers it: add the device, or correct the topic at the device.'],
  [
    'unknown_alias',
    'Values came before the names of their metrics. It mends itself at the next birth; if not, restart the device.',
  ],
  ['wrong_unit', 'Let unit or source_unit in devices.yaml say what the device sends.'],
  ['in_the_future', 'The clock of the sender is ahead: see to its time server (NTP) and time zone.'],
  [
    'too_old',
    'The clock of the sender is behind, or its buffer held this for over 35 days: see to its time server (NTP).',
  ],
  ['bad_time', 'The time cannot be read: see the time format and the time zone of the device.'],
  ['not_a_number', VALUE],
  ['not_finite', VALUE],
  ['no_value', VALUE],
  ['not_storable', 'The database cannot hold it: see the values for what is far out of any range.'],
  ['not_json', SHAPE],
  ['not_utf8', SHAPE],
  ['not_sparkplug', SHAPE],
  ['wrong_shape', SHAPE],
  ['unknown_field', SHAPE],
  [
    'unknown_version',
    'The device speaks a newer version of its format than is read here: see the settings of the device.',
  ],
  ['too_large', SIZE],
  ['too_deep', SIZE],
  ['too_many_readings', SIZE],
  ['too_many_values', SIZE],
  ['too_many_metrics', SIZE],
  ['no_name', NAMES],
  ['bad_name', NAMES],
  ['name_too_long', NAMES],
]);

/** What to do about messages that were rejected for a reason. */
export const rejectedAdvice = (code: string): string =>
  ADVICE.get(code) ?? 'See what was sent, and compare it with devices.yaml and the settings of the device.';
