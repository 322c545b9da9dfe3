import { describe, expect, it } from '@jest/globals';
import { commandTargets } from './command-targets.js';

describe('commandTargets', () => {
  it('names the assets of each venue and the vehicles of the fleet', () => {
    const fleet = [{ prefix: 'bus', count: 2, type: 'bus', depot: 'yard' }];
    expect(commandTargets({ venues: [{ id: 'hall' }], transport: { fleet } })).toEqual({
      setpoints: [
        { venue: 'hall', asset: 'battery' },
        { venue: 'hall', asset: 'pv' },
      ],
      vehicles: ['bus-01', 'bus-02'],
    });
  });
});
