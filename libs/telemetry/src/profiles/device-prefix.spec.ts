import { describe, expect, it } from '@jest/globals';
import { createDevicePrefix, levelRange } from './device-prefix.js';

describe('createDevicePrefix', () => {
  it.each([
    ['a/plug1/x', 'a/plug1/x', [1], ''],
    ['a/plug1/#', 'a/plug1/x', [1], ''],
    ['a/plug1/+', 'a/plug1/x', [1], ''],
    ['+/plug1/x', 'a/plug1/x', [1], ''],
    ['a/+/x', 'a/plug1/x', [1], 'plug1/'],
    ['a/#', 'a/plug1/x', [1], 'plug1/'],
    ['#', 'a/plug1/x', [1], 'plug1/'],
    ['hall/+/x', 'hall/plug1/x', [0, 1], 'plug1/'],
    ['+/plug1/x', 'hall/plug1/x', [0, 1], 'hall/plug1/'],
    ['#', 'hall/plug1/x', [0, 1], 'hall/plug1/'],
    ['hall/tele/+/x', 'hall/tele/plug1/x', [0, 2], 'plug1/'],
    ['+/tele/plug1/x', 'hall/tele/plug1/x', [0, 2], 'hall/plug1/'],
    ['#', 'x', [], ''],
    ['#', 'x', [7], '/'],
  ])('filter %s, topic %s, name at %j: %j', (filter, topic, name, prefix) => {
    expect(createDevicePrefix(filter)(topic.split('/'), name)).toBe(prefix);
  });

  it('counts the levels of a name from its first to before its end', () => {
    expect(levelRange(1, 3)).toEqual([1, 2]);
    expect(levelRange(0, -1)).toEqual([]);
  });
});
