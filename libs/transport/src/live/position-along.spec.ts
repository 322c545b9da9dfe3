import { describe, expect, it } from '@jest/globals';
import { buildPatternPath } from './pattern-path.js';
import { positionAlong } from './position-along.js';

/** A hundredth of a degree north, then as far east: 1,112 m each. */
const path = buildPatternPath({
  pattern: 'p',
  line: 'l',
  stops: [
    { stop: 'a', lat: 0, lon: 0 },
    { stop: 'b', lat: 0.01, lon: 0 },
    { stop: 'c', lat: 0.01, lon: 0.01 },
  ],
});

describe('positionAlong', () => {
  it.each([
    [-5, 0, 0, 0],
    [556, 0.005, 0, 0],
    [1_668, 0.01, 0.005, 90],
    [9_999, 0.01, 0.01, 90],
  ])('after %d m is at %d, %d on course %d', (metres, lat, lon, bearing) => {
    if (!path) throw new Error('The path must be there.');
    const at = positionAlong(path, metres);
    expect(at.lat).toBeCloseTo(lat, 5);
    expect(at.lon).toBeCloseTo(lon, 5);
    expect(at.bearing).toBeCloseTo(bearing, 5);
  });
});
