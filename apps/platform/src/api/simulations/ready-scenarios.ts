import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { parse } from 'yaml';
import { type Scenario, scenarioFile } from '#libs/simulation';

import type { ScenarioDocument } from './simulation.schema.js';

/** The project's `simulations`, whether this runs from source or from dist. */
export const ownScenarios = (): string => {
  const [root = ''] = fileURLToPath(import.meta.url).split(join(sep, 'apps', 'platform', sep));
  return resolve(root.endsWith(`${sep}dist`) ? join(root, '..') : root, 'simulations');
};

export interface ReadyScenario {
  readonly name: string;
  readonly scenario: ScenarioDocument;
}

const documentOf = ({ pack: _pack, search: _search, ...scenario }: Scenario): ScenarioDocument => scenario;

/** Scenarios of a folder that are about this pack, by name. What cannot be used is for `venueflow simulate` to say. */
export const readScenarios = (folder: string, packDirectory: string): readonly ReadyScenario[] =>
  (existsSync(folder) ? readdirSync(folder) : []).sort().flatMap((name) => {
    const file = join(folder, name, 'scenario.yaml');
    if (!existsSync(file)) return [];
    const read = scenarioFile.safeParse(parse(readFileSync(file, 'utf8')));
    if (!read.success) return [];
    if (resolve(folder, name, read.data.pack) !== resolve(packDirectory)) return [];
    return [{ name, scenario: documentOf(read.data) }];
  });
