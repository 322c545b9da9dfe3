import type { AlarmInputs } from '#libs/alarms';

import type { Overview } from '../live/overview.schema.js';
import type { StoredEnergyPlan } from '../live/picture.js';

/** How often each kind is planned, event seconds: control's cadences. */
const CADENCE_SECONDS = { dispatch: 60, energy: 300 } as const;
/** Control leaves a proposal to a person for so many cadences at least. */
const APPROVAL_CADENCES = 3;

/** What the alarms look at, of the overview and the energy plan behind it. What is not measured raises nothing. */
export const alarmInputs = (overview: Omit<Overview, 'alarms'>, energy: StoredEnergyPlan | undefined): AlarmInputs => {
  const names = new Map([...overview.venues, ...overview.feeders].map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  return {
    time_zone: overview.event.time_zone,
    feeders: overview.feeders.flatMap(({ id, name, load_kw, limit_kw }) =>
      load_kw === null ? [] : [{ id, name, load_kw, limit_kw }],
    ),
    venues: overview.venues.flatMap(({ id, name, grid_kw, import_limit_kw }) =>
      grid_kw === null ? [] : [{ id, name, import_kw: grid_kw, import_limit_kw }],
    ),
    plans: (['dispatch', 'energy'] as const).map((kind) => {
      const plan = overview.plans[kind];
      return {
        kind,
        age_seconds: plan?.state === 'active' ? plan.age_seconds : null,
        cadence_seconds: CADENCE_SECONDS[kind] * (overview.approval[kind] === 'by_approval' ? APPROVAL_CADENCES : 1),
        waiting: plan?.proposed !== null && plan?.proposed !== undefined,
      };
    }),
    gateways: overview.gateways.map(({ venue, id, state }) => ({
      venue,
      venue_name: nameOf(venue),
      id,
      online: state === 'online',
    })),
    lines: overview.lines.flatMap(({ id, name, unserved_passengers }) =>
      unserved_passengers === null ? [] : [{ id, name, unserved_passengers }],
    ),
    violations:
      energy?.state === 'active'
        ? energy.content.violations.map((violation) => ({ ...violation, at_name: nameOf(violation.at) }))
        : [],
  };
};
