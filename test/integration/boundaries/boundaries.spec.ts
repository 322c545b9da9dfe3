import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** One import that must not be, for each ban of the house. */
const planted: readonly (readonly [rule: string, file: string, imports: string])[] = [
  ['core-energy', 'libs/energy/src/planted-core.ts', '#libs/transport'],
  ['core-kernel', 'libs/kernel/src/planted.ts', '#libs/games'],
  ['core-without-framework', 'libs/energy/src/planted-nest.ts', '@nestjs/common'],
  ['core-without-framework', 'libs/transport/src/planted.ts', 'mqtt'],
  ['store-without-nest', 'libs/store/src/planted.ts', '@nestjs/common'],
  ['front-door', 'apps/platform/src/planted.ts', '../../../libs/lp/src/model.js'],
  ['front-door-between-libraries', 'libs/energy/src/planted-door.ts', '../../lp/src/model.js'],
  ['apps-apart', 'apps/gateway/src/planted.ts', '../../platform/src/context.js'],
  ['libraries-know-no-app', 'libs/planning/src/planted.ts', '../../../apps/platform/src/context.js'],
  ['checker-apart', 'libs/transport/src/check/planted.ts', '../model/build-model.js'],
  ['no-circular', 'libs/lp/src/planted.ts', './planted.js'],
];

/** What breaks a rule below `folder`, as `<rule> <file>`. */
const violations = (folder: string): readonly string[] => {
  const cruise = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['apps', 'libs'],
      ...['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json'],
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const { summary } = JSON.parse(cruise.stdout) as {
    summary: { violations: { from: string; rule: { name: string } }[] };
  };
  return summary.violations.map((violation) => `${violation.rule.name} ${violation.from}`);
};

describe('the boundaries of the house', () => {
  let house: string;
  let found: readonly string[];

  beforeAll(() => {
    house = mkdtempSync(join(tmpdir(), 'venueflow-house-'));
    for (const path of [
      'package.json',
      'tsconfig.json',
      'apps/platform/src/context.ts',
      ...['kernel', 'lp', 'games', 'transport'].map((name) => `libs/${name}/src`),
    ])
      cpSync(join(root, path), join(house, path), { recursive: true });
    for (const [, file, imports] of planted) {
      mkdirSync(dirname(join(house, file)), { recursive: true });
      writeFileSync(join(house, file), `import * as planted from '${imports}';\nexport const used = planted;\n`);
    }
    found = violations(house);
  });
  afterAll(() => rmSync(house, { recursive: true, force: true }));

  it('hold as the code stands', () => {
    expect(violations(root)).toEqual([]);
  });

  it.each(planted)('%s bites: %s may not import %s', (rule, file) => {
    expect(found).toContain(`${rule} ${file}`);
  });
});
