import { homie5 } from './homie.js';
import type { Profile } from './profile.js';
import { senml } from './senml.js';
import { shellyGen2 } from './shelly.js';
import { sparkplugB } from './sparkplug-b.js';
import { tasmota } from './tasmota.js';
import { thingsboardDevice } from './thingsboard-device.js';
import { thingsboardGateway } from './thingsboard-gateway.js';
import { venueflow } from './venueflow.js';
import { victron } from './victron.js';
import { zigbee2mqtt } from './zigbee2mqtt.js';

/** Every device format that is understood. */
export const profiles: readonly Profile[] = [
  venueflow,
  senml,
  sparkplugB,
  thingsboardGateway,
  thingsboardDevice,
  shellyGen2,
  tasmota,
  zigbee2mqtt,
  victron,
  homie5,
];

/** The format that devices.yaml calls by this name. */
export const findProfile = (name: string): Profile | undefined => profiles.find((profile) => profile.name === name);
