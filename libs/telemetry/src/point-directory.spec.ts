import { describe, expect, it } from '@jest/globals';
import { knownPoint, PointDirectory } from './point-directory.js';

const spec = { unit: 'kW', min: 0, max: 10, max_rate_per_s: 2, stuck_after_s: 600 } as const;

describe('PointDirectory', () => {
  const directory = new PointDirectory(
    [{ venue: 'hall', gateway: 'gw', point: 'load.active_power', ...knownPoint(7, spec) }],
    { setpoints: [{ venue: 'hall', asset: 'battery' }], vehicles: ['bus-01'] },
  );

  it('knows each point with everything that it is judged by', () =>
    expect(directory.findPoints('hall', 'gw')?.get('load.active_power')).toEqual({
      id: 7,
      unit: 'kW',
      min: 0,
      max: 10,
      maxRatePerS: 2,
      stuckAfterS: 600,
    }));

  it.each([
    ['hall', 'other'],
    ['other', 'gw'],
    ['__proto__', 'constructor'],
  ])('has no gateway %s/%s', (venue, gateway) => expect(directory.findPoints(venue, gateway)).toBeUndefined());

  it('knows where commands can have gone', () => {
    expect(directory.hasTarget('setpoint', 'hall/battery')).toBe(true);
    expect(directory.hasTarget('orders', 'bus-01')).toBe(true);
    expect(directory.hasTarget('orders', 'hall/battery')).toBe(false);
  });
});
