import type { Profile } from './profile.js';
import { senml } from './senml.js';
import { thingsboardDevice } from './thingsboard-device.js';
import { thingsboardGateway } from './thingsboard-gateway.js';
import { venueflow } from './venueflow.js';

/** Every device format that is understood. */
export const profiles: readonly Profile[] = [venueflow, senml, thingsboardGateway, thingsboardDevice];

/** The format that devices.yaml calls by this name. */
export const findProfile = (name: string): Profile | undefined => profiles.find((profile) => profile.name === name);
