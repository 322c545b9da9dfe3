import { expect, it } from '@jest/globals';

import { figuresFile, listAssumed, scaleAssumed } from './assumed-figures.js';
import { sortTornado } from './tornado.js';

const file = figuresFile.parse({
  sources: { practice: 'what is common' },
  figures: [
    { id: 'rink.capacity', value: 5000, unit: 'people', basis: 'public', source: 'practice' },
    { id: 'ramp.capacity', value: 4001, unit: 'people', basis: 'assumed', source: 'practice' },
    { id: 'rink.share', value: 0.9, unit: 'ratio', basis: 'assumed', source: 'practice' },
    { id: 'day.shape', value: [1, 0.5], unit: 'ratio by hour', basis: 'assumed', source: 'practice' },
    { id: 'rink.position', value: [46.5, 12.1], unit: 'degrees', basis: 'assumed', source: 'practice' },
    { id: 'seed', value: 2026, unit: 'number', basis: 'assumed', source: 'practice' },
  ],
});

it('varies quantities that are assumed, by kind: whole numbers stay whole, and shares at most 1', () => {
  expect([...listAssumed(file)]).toEqual([['capacity', 1], ['share', 1], ['shape', 1]]); // prettier-ignore
  const valueOf = (kind: string, factor: number, id: string) =>
    scaleAssumed(file, kind, factor).figures.find((figure) => figure.id === id)?.value;
  expect(valueOf('capacity', 1.2, 'ramp.capacity')).toBe(4801);
  expect(valueOf('capacity', 1.2, 'rink.capacity')).toBe(5000);
  expect(valueOf('share', 1.2, 'rink.share')).toBe(1);
  expect(valueOf('shape', 0.8, 'day.shape')).toEqual([0.8, 0.4]);
  expect(scaleAssumed(file, 'share', 0.8)).toMatchObject({ sources: file['sources'] });
});

it('puts first what moves the difference most, and names what turns it round', () => {
  const { bars, reversing } = sortTornado({
    indicator: 'mean_wait_s',
    policy: 'planned',
    baseline: 'timetable',
    difference: -30,
    bars: [
      { figures: 'share', count: 3, low: -20, high: -40 },
      { figures: 'speed', count: 1, low: 5, high: -60 },
    ],
  });
  expect(bars.map(({ figures }) => figures)).toEqual(['speed', 'share']);
  expect(reversing).toEqual(['speed']);
});
