import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { postgresqlSource, prometheusSource } from './datasources.js';
import { operationsDashboard } from './operations.js';

const file = new URL('./dashboards/operations.json', import.meta.url);
const generated = `${JSON.stringify(operationsDashboard(), undefined, 2)}\n`;

describe('the dashboard Operations', () => {
  it('is committed as generated; UPDATE=1 writes it', async () => {
    if (process.env['UPDATE'] === '1') await writeFile(file, generated);
    expect(await readFile(file, 'utf8')).toBe(generated);
  });

  const panels = operationsDashboard().panels.filter((panel) => panel.type !== 'row');

  it.each(panels.map((panel) => [panel.title ?? '', panel] as const))(
    '%s: every query has its letter and a provisioned data source',
    (_, panel) => {
      const targets = 'targets' in panel ? (panel.targets ?? []) : [];
      expect(targets.length).toBeGreaterThan(0);
      for (const [index, target] of targets.entries()) {
        expect(target).toMatchObject({ refId: String.fromCharCode(65 + index) });
        expect([prometheusSource, postgresqlSource]).toContainEqual('datasource' in target && target.datasource);
      }
    },
  );

  it('has no panel over another', () => {
    const taken = panels.flatMap(({ gridPos }) => {
      if (!gridPos) return [];
      const { x, y, w, h } = gridPos;
      return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`);
    });
    expect(taken.length).toBeGreaterThan(0);
    expect(new Set(taken).size).toBe(taken.length);
  });
});
