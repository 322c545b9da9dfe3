import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';

const campus = fileURLToPath(new URL('../../config/campus-replay', import.meta.url));

/** Where readings come from in this suite: each source has one point, whose values count up. */
export interface Source {
  readonly venue: string;
  /** Of the gateway, or of the device that the platform reads itself. */
  readonly id: string;
  readonly point: string;
}

/** One in each of the three shares of `--shard 1/3`, `2/3` and `3/3`. */
const VENUES = ['marshall', 'library', 'engineering'] as const;

export const GATEWAYS: readonly Source[] = VENUES.map((venue) => ({
  venue,
  id: `gw-${venue}`,
  point: 'faults.gateway',
}));

/** Its buffer is small. */
export const SMALL_GATEWAY: Source = { venue: 'sun_dome', id: 'gw-sun-dome', point: 'faults.gateway' };

/** Devices whose messages carry their times. */
export const TIMED_DEVICES: readonly Source[] = VENUES.map((venue) => ({
  venue,
  id: `meter-${venue}`,
  point: 'faults.timed',
}));

/** Devices whose messages have no time. */
export const UNTIMED_DEVICES: readonly Source[] = VENUES.map((venue) => ({
  venue,
  id: `relay-${venue}`,
  point: 'faults.untimed',
}));

const measured = { kind: 'sensor', unit: 'kW', min: 0, max: 1e12, interval_s: 60 };

interface DevicesFile {
  readonly gateways: { readonly id: string; readonly venue: string; readonly points: object[] }[];
  devices?: object[];
}

/** Makes the pack of this suite in `directory`: the campus, with a counting point at each source. */
export const writePack = (directory: string): void => {
  cpSync(campus, directory, { recursive: true });
  const path = join(directory, 'devices.yaml');
  const file = parse(readFileSync(path, 'utf8')) as DevicesFile;
  for (const source of [...GATEWAYS, SMALL_GATEWAY]) {
    const gateway = file.gateways.find(({ id }) => id === source.id);
    if (!gateway) throw new Error(`The campus has no gateway ${source.id}.`);
    gateway.points.push({ id: source.point, ...measured });
  }
  file.devices = [
    ...TIMED_DEVICES.map(({ venue, id, point }) => ({
      id,
      venue,
      profile: 'senml',
      topic: `plant/${venue}/${id}`,
      points: [{ id: point, ...measured, from: `${id}:power` }],
    })),
    ...UNTIMED_DEVICES.map(({ venue, id, point }) => ({
      id,
      venue,
      profile: 'shelly_gen2',
      topic: `${id}/status/#`,
      points: [{ id: point, ...measured, from: 'em:0.total_act_power' }],
    })),
  ];
  writeFileSync(path, stringify(file));
};
