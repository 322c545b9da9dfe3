import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { fail, type Fault, ok, type Result } from '#libs/kernel';

import { checkDocuments } from './checks/check-documents.js';
import type { Pack } from './pack.js';
import { PackReading, type Parsed } from './reading/pack-reading.js';
import type { Recording } from './recording.js';

const isFolder = (directory: string): Promise<boolean> =>
  stat(directory).then(
    (found) => found.isDirectory(),
    () => false,
  );

const assemble = (
  directory: string,
  parsed: Parsed,
  recordings: ReadonlyMap<string, Recording>,
  gtfs: Uint8Array,
): Pack | undefined => {
  const {
    'games.yaml': games,
    'venues.yaml': sites,
    'energy.yaml': energy,
    'transport.yaml': transport,
    'sessions.yaml': programme,
    'devices.yaml': devices,
  } = parsed;
  if (!games || !sites || !energy || !transport || !programme || !devices) return undefined;
  return {
    directory,
    games,
    feeders: sites.feeders,
    venues: sites.venues,
    energy,
    transport,
    gtfs,
    sessions: { recording: programme.recording, entries: programme.sessions },
    recordings,
    gateways: devices.gateways,
  };
};

/**
 * Reads a Games pack from its folder: the seven YAML files, the recordings and the GTFS feed's bytes. The pack, or every
 * fault in it, by file: what is wrong in one place does not keep the others from being checked. Only what cannot be read
 * further (a missing file, broken syntax) hides what depends on it.
 */
export const loadPack = async (directory: string): Promise<Result<Pack, readonly Fault[]>> => {
  const folder = resolve(directory);
  if (!(await isFolder(folder))) {
    const message = 'There is no such folder. Give the folder that holds games.yaml and the other files of a pack.';
    return fail([{ file: directory, path: '', rule: 'missing_folder', message }]);
  }
  const reading = new PackReading(folder);
  const documents = await reading.documents();
  const parsed = reading.parse(documents);
  const recordings = await reading.recordings(documents);
  const gtfs = await reading.gtfs(documents);
  const faults = [...reading.faults, ...checkDocuments(documents, recordings)];
  if (faults.length > 0) return fail(faults.sort((a, b) => a.file.localeCompare(b.file)));

  const pack = gtfs && assemble(folder, parsed, recordings, gtfs);
  if (!pack) throw new Error(`The pack ${folder} is neither faulty nor whole.`);
  return ok(pack);
};
