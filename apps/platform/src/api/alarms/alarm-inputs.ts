import type { AlarmInputs } from '#libs/alarms';

import type { Overview } from '../live/overview.schema.js';
import type { StoredEnergyPlan } from '../live/picture.js';

/** How often each kind is planned, event seconds: control's cadences. */
const CADENCE_SECONDS = { dispatch: 60, energy: 300 } as const;

/** What the alarms look at, of the overview and the energy plan behind it. What is not measured raises nothing. */
export const alarmInputs = (overview: Omit<Overview, 'alarms'>, energy: StoredEnergyPlan | undefined): AlarmInputs => ({
  feeders: overview.feeders.flatMap(({ id, load_kw, limit_kw }) =>
    load_kw === null ? [] : [{ id, load_kw, limit_kw }],
  ),
  venues: overview.venues.flatMap(({ id, grid_kw, import_limit_kw }) =>
    grid_kw === null ? [] : [{ id, import_kw: grid_kw, import_limit_kw }],
  ),
  plans: (['dispatch', 'energy'] as const).map((kind) => {
    const plan = overview.plans[kind];
    return {
      kind,
      age_seconds: plan?.state === 'active' ? plan.age_seconds : null,
      cadence_seconds: CADENCE_SECONDS[kind],
    };
  }),
  gateways: overview.gateways.map(({ venue, id, state }) => ({ venue, id, online: state === 'online' })),
  lines: overview.lines.flatMap(({ id, unserved_passengers }) =>
    unserved_passengers === null ? [] : [{ id, unserved_passengers }],
  ),
  violations: energy?.state === 'active' ? energy.content.violations : [],
});
