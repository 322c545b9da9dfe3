import type { Profile } from './profile.js';

/** Every device format that is understood. */
export const profiles: readonly Profile[] = [];

/** The format that devices.yaml calls by this name. */
export const findProfile = (name: string): Profile | undefined => profiles.find((profile) => profile.name === name);
