import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { loadPack, type Pack } from '#libs/games';
import { type Feed, readGtfs } from '#libs/transport';
import { parse } from 'yaml';

import { type Scenario, scenarioFile } from './scenario.js';

const root = new URL('../../../', import.meta.url);

/** The default pack and a committed scenario. */
export const readCampus = async (
  name: string,
): Promise<{ readonly pack: Pack; readonly feed: Feed; readonly scenario: Scenario }> => {
  const loaded = await loadPack(fileURLToPath(new URL('config/campus-replay', root)));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const feed = readGtfs(loaded.value.gtfs);
  if (!feed.ok) throw new Error(JSON.stringify(feed.error));
  const document: unknown = parse(readFileSync(new URL(`simulations/${name}/scenario.yaml`, root), 'utf8'));
  return { pack: loaded.value, feed: feed.value, scenario: scenarioFile.parse(document) };
};
