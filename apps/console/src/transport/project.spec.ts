import { describe, expect, it } from '@jest/globals';
import { fitView } from './project.js';

describe('fitView', () => {
  it('holds all places, north up and east right', () => {
    const places = [
      { lat: 46.5, lon: 12.1 },
      { lat: 46.6, lon: 12.3 },
    ];
    const view = fitView(places, 600, 400);
    const [southWest, northEast] = places.map(({ lat, lon }) => view?.place(lat, lon));
    expect(southWest?.x).toBeGreaterThanOrEqual(13.9);
    expect(northEast?.x).toBeLessThanOrEqual(586.1);
    expect(northEast?.y).toBeGreaterThanOrEqual(13.9);
    expect(southWest?.y).toBeGreaterThan(northEast?.y ?? Infinity);
    expect(view?.height).toBeLessThanOrEqual(400);
  });

  it('has room around a single place, and is none without any', () => {
    expect(fitView([{ lat: 46.5, lon: 12.1 }], 600, 400)?.place(46.5, 12.1).x).toBe(300);
    expect(fitView([], 600, 400)).toBeUndefined();
  });
});
