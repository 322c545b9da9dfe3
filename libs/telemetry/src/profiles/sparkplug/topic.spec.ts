import { describe, expect, it } from '@jest/globals';
import { findSparkplugTopic, sparkplugView } from './topic.js';

describe('findSparkplugTopic', () => {
  it.each([
    ['spBv1.0/G/NDATA/E', { group: 'G', type: 'NDATA', edge: 'E', device: undefined }],
    [
      'spBv1.0/Sparkplug B Devices/DDATA/Raspberry Pi/Pibrella',
      { group: 'Sparkplug B Devices', type: 'DDATA', edge: 'Raspberry Pi', device: 'Pibrella' },
    ],
  ])('reads %s', (topic, expected) => {
    expect(findSparkplugTopic(topic)).toEqual(expected);
  });

  it.each([
    ...['spBv1.0/STATE/host', 'spAv1.0/G/NDATA/E', 'spBv1.0/G/NDATA', 'spBv1.0/G/DDATA/E', 'spBv1.0/G/NDATA/E/D'],
    ...['spBv1.0/G/DDATA/E/D/x', 'spBv1.0//NDATA/E', 'spBv1.0/G/NDATA/', 'spBv1.0/G/DDATA/E/', 'spBv1.0/+/NDATA/E'],
    ...[
      'spBv1.0/G/NDATA/#',
      'spBv1.0/G/NDATA/a\0b',
      'spBv1.0/G/constructor/E',
      '',
      '/',
      `spBv1.0/G/NDATA/${'x'.repeat(10_000)}`,
    ],
  ])('finds no node in %j', (topic) => {
    expect(findSparkplugTopic(topic)).toBeUndefined();
  });
});

describe('sparkplugView', () => {
  const topic = { group: 'G', type: 'DDATA', edge: 'E', device: 'D' } as const;
  it.each([
    ['spBv1.0/G/+/E/#', 'D/', true, true],
    ['spBv1.0/G/+/E/+', 'D/', true, false],
    ['spBv1.0/G/+/E/D', 'D/', true, false],
    ['spBv1.0/G/DDATA/E/D', 'D/', false, false],
    ['spBv1.0/G/DDATA/E/#', 'D/', false, false],
    ['spBv1.0/G/+/+/#', 'E/D/', true, true],
    ['spBv1.0/G/+/+/+', 'E/D/', true, false],
    ['spBv1.0/G/+/#', 'E/D/', true, true],
    ['spBv1.0/G/#', 'E/D/', true, true],
    ['spBv1.0/+/+/E/#', 'G/E/D/', true, true],
    ['spBv1.0/#', 'G/E/D/', true, true],
    ['#', 'G/E/D/', true, true],
    ['spBv1.0/G/+/E/D/#', 'D/', true, false],
  ])('of %s: channels begin with %s, births: %p, whole: %p', (filter, prefix, births, whole) => {
    const view = sparkplugView(filter);
    expect([view.prefix(topic), view.births, view.whole]).toEqual([prefix, births, whole]);
  });

  it("gives a node's own metrics no prefix when the filter names the node", () => {
    expect(sparkplugView('spBv1.0/G/+/E/#').prefix({ ...topic, type: 'NDATA', device: undefined })).toBe('');
  });
});
