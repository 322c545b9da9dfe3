import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { loadPack } from './load-pack.js';
import { tinyFiles } from './tiny-files.fixture.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pack-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const node = 'node_id,x_coord,y_coord\n1,12.1,46.5\n2,12.2,46.6\n';
const link = 'link_id,from_node_id,to_node_id,directed,length,free_speed\na,1,2,1,900,50\n';

/** A small pack whose transport.yaml has this section, with these tables. */
const load = (roads: string, tables: Readonly<Record<string, string>> = { 'node.csv': node, 'link.csv': link }) => {
  mkdirSync(join(folder, 'roads'));
  for (const [name, text] of Object.entries(tables)) writeFileSync(join(folder, 'roads', name), text);
  for (const [file, content] of tinyFiles()) {
    const isText = file === 'transport.yaml' && typeof content === 'string';
    writeFileSync(join(folder, file), isText ? `${content}roads: ${roads}\n` : content);
  }
  return loadPack(folder);
};

const faultsOf = async (...given: Parameters<typeof load>) => {
  const loaded = await load(...given);
  return loaded.ok ? [] : loaded.error.map(({ file, path, rule }) => [file, path, rule]);
};

const files = 'nodes: roads/node.csv, links: roads/link.csv';

describe('roads of a pack', () => {
  it('are read with it, speeds by hour and weather too', async () => {
    const loaded = await load(
      `{ ${files}, speed: [{ from: '07:00', to: '09:00', factor: 0.8, names: [Pass road] }], weather: { snow: 0.7 } }`,
    );
    if (!loaded.ok) throw new Error('The pack has no faults.');
    expect(loaded.value.roads?.links.map(({ id, lengthM }) => [id, lengthM])).toEqual([['a', 900]]);
    expect(loaded.value.transport.roads?.weather).toEqual({ snow: 0.7 });
  });

  it('are named where a file is missing or a table is wrong', async () => {
    expect(await faultsOf(`{ ${files} }`, { 'node.csv': node })).toEqual([
      ['transport.yaml', 'roads.links', 'missing_file'],
    ]);
  });

  it('are named with the row of a wrong table', async () => {
    expect(await faultsOf(`{ ${files} }`, { 'node.csv': node, 'link.csv': link.replace('900', '-900') })).toEqual([
      ['roads/link.csv', 'row 2, length', 'positive'],
    ]);
  });

  it('have factors of speed and weather that are there', async () => {
    const wrong = `{ ${files}, speed: [{ from: '7', to: '09:00', factor: 0 }], weather: { hail: 0.5, snow: 2 } }`;
    expect(await faultsOf(wrong)).toEqual([
      ['transport.yaml', 'roads.speed[0].from', 'format'],
      ['transport.yaml', 'roads.speed[0].factor', 'positive'],
      ['transport.yaml', 'roads.weather.snow', 'maximum'],
      ['transport.yaml', 'roads.weather.hail', 'unknown_key'],
    ]);
  });
});
