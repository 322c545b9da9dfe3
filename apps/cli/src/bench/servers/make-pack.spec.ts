import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { loadPack } from '#libs/games';

import { projectRoot } from '../process/project-root.js';
import { makePack } from './make-pack.js';

it('is a clean pack of 15 venues, whose load gateways are those returned', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'venueflow-bench-pack-'));
  try {
    const gateways = await makePack(projectRoot(), folder);
    const pack = await loadPack(folder);
    if (!pack.ok) throw new Error(JSON.stringify(pack.error[0]));
    expect(pack.value.venues).toHaveLength(15);
    const points = pack.value.gateways
      .filter(({ id }) => id.startsWith('load-'))
      .map((gateway) => gateway.points.length);
    expect(points).toEqual(gateways.map((gateway) => gateway.points.length));
    expect(points.reduce((sum, count) => sum + count, 0)).toBe(6_000);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
