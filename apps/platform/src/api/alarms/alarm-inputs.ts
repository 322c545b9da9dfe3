import type { AlarmInputs } from '#libs/alarms';

import type { Overview } from '../live/overview.schema.js';
import type { Picture } from '../live/picture.js';
import { dataInputs, type DataPicture } from './data-inputs.js';

/** How often each kind is planned, event seconds: control's cadences. */
const CADENCE_SECONDS = { dispatch: 60, energy: 300 } as const;
/** Control leaves a proposal to a person for so many cadences at least. */
const APPROVAL_CADENCES = 3;

/** Age of the newest reading of a venue, whatever its quality: a bad one shows at least that its gateway and the ingest run. */
const newestAgeSeconds = (venue: string, { points, latest, now }: AlarmPicture): number | null => {
  const times = points.flatMap((point) => (point.venue === venue ? (latest.get(point.id)?.ts ?? []) : []));
  return times.length === 0 ? null : Math.max(0, (now - Math.max(...times)) / 1000);
};

type AlarmPicture = Pick<Picture, 'points' | 'latest' | 'now'> &
  DataPicture &
  Pick<AlarmInputs, 'vehicles'> & { readonly energy: Pick<Picture['energy'], 'plan'> };

/** What the alarms look at, of the overview and the picture behind it. A power that is not measured raises nothing; a venue without readings does. */
export const alarmInputs = (overview: Omit<Overview, 'alarms'>, picture: AlarmPicture): AlarmInputs => {
  const energy = picture.energy.plan;
  const names = new Map([...overview.venues, ...overview.feeders].map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  /** A part of a venue is called by both names: `dome battery`. */
  const partNameOf = (at: string): string => {
    const [venue = at, ...part] = at.split(' ');
    return [nameOf(venue), ...part].join(' ');
  };
  return {
    time_zone: overview.event.time_zone,
    feeders: overview.feeders.flatMap(({ id, name, load_kw, limit_kw }) =>
      load_kw === null ? [] : [{ id, name, load_kw, limit_kw }],
    ),
    venues: overview.venues.flatMap(({ id, name, grid_kw, import_limit_kw }) =>
      grid_kw === null ? [] : [{ id, name, import_kw: grid_kw, import_limit_kw }],
    ),
    readings: overview.venues.map(({ id, name }) => ({
      venue: id,
      venue_name: name,
      age_seconds: newestAgeSeconds(id, picture),
    })),
    // Plans come after the import.
    plans: (overview.importing ? [] : (['dispatch', 'energy'] as const)).map((kind) => {
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
    ...dataInputs(picture, overview.venues),
    speed: overview.clock.speed,
    vehicles: picture.vehicles,
    lines: overview.lines.flatMap(({ id, name, unserved_passengers }) =>
      unserved_passengers === null ? [] : [{ id, name, unserved_passengers }],
    ),
    violations:
      energy?.state === 'active'
        ? energy.content.violations.map((violation) => ({ ...violation, at_name: partNameOf(violation.at) }))
        : [],
  };
};
