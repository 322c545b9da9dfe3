import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { fail, type Fault, ok, type Result } from '#libs/kernel';

import { checkDocuments } from './checks/check-documents.js';
import type { Pack } from './pack.js';
import { PackReading, type Parsed } from './reading/pack-reading.js';
import type { RoadTables } from './roads.js';

const isFolder = (directory: string): Promise<boolean> =>
  stat(directory).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** A pack as far as it keeps to its schema, and everything that is wrong with it. */
export interface PackInspection {
  readonly parts: Partial<Pack>;
  readonly faults: readonly Fault[];
}

const assemble = (
  directory: string,
  parsed: Parsed,
  recordings: Pack['recordings'],
  gtfs: Uint8Array | undefined,
  roads: RoadTables | undefined,
) => ({
  directory,
  recordings,
  ...(gtfs && { gtfs }),
  ...(roads && { roads }),
  ...(parsed['games.yaml'] && { games: parsed['games.yaml'] }),
  ...(parsed['venues.yaml'] && { feeders: parsed['venues.yaml'].feeders, venues: parsed['venues.yaml'].venues }),
  ...(parsed['energy.yaml'] && { energy: parsed['energy.yaml'] }),
  ...(parsed['transport.yaml'] && { transport: parsed['transport.yaml'] }),
  ...(parsed['sessions.yaml'] && {
    sessions: { recording: parsed['sessions.yaml'].recording, entries: parsed['sessions.yaml'].sessions },
  }),
  ...(parsed['devices.yaml'] && {
    gateways: parsed['devices.yaml'].gateways,
    devices: parsed['devices.yaml'].devices ?? [],
  }),
});

/**
 * Reads a Games pack from its folder: the seven YAML files, the recordings, the roads and the GTFS feed's bytes, and every fault in
 * them, by file: what is wrong in one place does not keep the others from being checked. Only what cannot be read
 * further (a missing file, broken syntax) hides what depends on it.
 */
export const inspectPack = async (directory: string): Promise<PackInspection> => {
  const folder = resolve(directory);
  if (!(await isFolder(folder))) {
    const message = 'There is no such folder. Give the folder that holds games.yaml and the other files of a pack.';
    return { parts: {}, faults: [{ file: directory, path: '', rule: 'missing_folder', message }] };
  }
  const reading = new PackReading(folder);
  const documents = await reading.documents();
  const parsed = reading.parse(documents);
  const recordings = await reading.recordings(documents);
  const gtfs = await reading.gtfs(documents);
  const roads = await reading.roads(documents);
  const faults = [...reading.faults, ...checkDocuments(documents, recordings)];
  return {
    parts: assemble(folder, parsed, recordings, gtfs, roads),
    faults: faults.sort((a, b) => a.file.localeCompare(b.file)),
  };
};

/** Every part is there. */
export const isWhole = (parts: Partial<Pack>): parts is Pack =>
  (['games', 'venues', 'energy', 'transport', 'sessions', 'gateways', 'devices', 'gtfs'] as const).every(
    (part) => parts[part] !== undefined,
  );

/** The pack, or every fault in it. */
export const loadPack = async (directory: string): Promise<Result<Pack, readonly Fault[]>> => {
  const { parts, faults } = await inspectPack(directory);
  if (faults.length > 0) return fail(faults);
  if (!isWhole(parts)) throw new Error(`The pack ${directory} is neither faulty nor whole.`);
  return ok(parts);
};
