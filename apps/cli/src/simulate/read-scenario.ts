import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { loadPack, type Pack } from '#libs/games';
import { fail, formatFault, ok, type Result } from '#libs/kernel';
import { checkOverlays, dayWindow, type Expected, expectedFile, type Scenario, scenarioFile } from '#libs/simulation';
import { checkNetwork, type Feed, readPackFeed } from '#libs/transport';

import { readDocument } from '../read-document.js';

export interface PreparedScenario {
  readonly scenario: Scenario;
  /** Empty where the folder has no expected.json. */
  readonly expected: Expected;
  readonly pack: Pack;
  readonly feed: Feed;
  /** Absolute. */
  readonly packDirectory: string;
}

const findScenario = (name: string): string | undefined =>
  [resolve(name), resolve('simulations', name)].find(
    (folder) => existsSync(join(folder, 'scenario.yaml')) && statSync(folder).isDirectory(),
  );

/** A scenario's folder with its pack and feed, or what is wrong with them in a line. */
export const readScenario = async (name: string): Promise<Result<PreparedScenario, string>> => {
  const folder = findScenario(name);
  if (folder === undefined) {
    return fail(`There is no scenario.yaml in ${name} or simulations/${name}. Give the folder of a scenario.`);
  }
  const scenario = await readDocument(join(folder, 'scenario.yaml'), scenarioFile);
  if (!scenario.ok) return scenario;
  const bounds = join(folder, 'expected.json');
  const expected = existsSync(bounds) ? await readDocument(bounds, expectedFile) : ok({});
  if (!expected.ok) return expected;
  const directory = resolve(folder, scenario.value.pack);
  const pack = await loadPack(directory);
  const faults = pack.ok ? checkNetwork(pack.value) : pack.error;
  const feed = pack.ok ? readPackFeed(pack.value) : undefined;
  if (!pack.ok || !feed?.ok || faults.length > 0) {
    const first = faults[0] ? formatFault(faults[0]) : 'its feed cannot be read';
    return fail(`The pack ${directory} has ${faults.length} faults: ${first}`);
  }
  const clashes = checkOverlays(pack.value, feed.value, scenario.value.overlays, dayWindow(scenario.value, pack.value));
  if (clashes.length > 0) return fail(`${join(folder, 'scenario.yaml')}: ${clashes.map(formatFault).join(' ')}`);
  return ok({
    scenario: scenario.value,
    expected: expected.value,
    pack: pack.value,
    feed: feed.value,
    packDirectory: directory,
  });
};
