import { expect, it } from '@jest/globals';
import { listNamedAssets } from './list-assets.js';

it('names what is told what to do, and nothing that has no switch', () => {
  const store = {
    capacity_kwh: 1,
    power_kw: 1,
    soc_min_ratio: 0,
    soc_max_ratio: 1,
    initial_soc_ratio: 0,
    loss_ratio_per_hour: 0,
  };
  expect(
    listNamedAssets({
      loads: [
        { id: 'exits', tier: 'life_safety', share: 0.1 },
        { id: 'kitchen', tier: 'normal', share: 0.1, shed_cost_per_kwh: 2 },
      ],
      thermal: [
        { id: 'ice', machine: { id: 'chiller', capacity_kw: 1, cop: 3 }, store, share: 0.2, point: 'ice.state' },
      ],
      tasks: [{ id: 'snow', energy_kwh: 1, power_kw: 1, from: '22:00', until: '06:00', point: 'snow.power' }],
    }),
  ).toEqual(['kitchen', 'chiller', 'snow']);
});
