import type { Venue } from '#libs/games';
import type { ReadingRow } from '#libs/store';

import type { PackPoint } from '../devices/pack-points.js';
import { qualityDocument } from '../devices/quality.js';
import type { VenueGlance } from '../live/overview.schema.js';
import type { StoredEnergyPlan } from '../live/picture.js';
import type { VenueDocument } from './venue.schema.js';

const reading = (row: ReadingRow | undefined) =>
  row === undefined ? null : { ts_ms: row.ts, value: row.value, ...qualityDocument(row.quality) };

const planOf = (plan: StoredEnergyPlan | undefined, venue: string): VenueDocument['plan'] => {
  const site = plan?.content.sites.find((entry) => entry.site === venue);
  if (plan?.state !== 'active' || !site) return null;
  const { load_kw, pv_kw, import_kw, export_kw, battery_kw, soc_ratio } = site;
  return {
    id: plan.id,
    start_ms: plan.content.grid.start,
    slot_ms: plan.content.grid.slotMs,
    load_kw: [...load_kw],
    pv_kw: [...pv_kw],
    import_kw: [...import_kw],
    export_kw: [...export_kw],
    battery_kw: [...battery_kw],
    soc_ratio: [...soc_ratio],
  };
};

/** `points`: those of the venue. */
export const venueDocument = (
  venue: Venue,
  glance: VenueGlance,
  { points, plan }: { readonly points: readonly PackPoint[]; readonly plan: StoredEnergyPlan | undefined },
  stopName: (id: string) => string,
): VenueDocument => ({
  ...glance,
  stop: { id: venue.stop, name: stopName(venue.stop) },
  pv: venue.pv ? { rated_kw: venue.pv.rated_kw } : null,
  battery: venue.battery
    ? {
        capacity_kwh: venue.battery.capacity_kwh,
        power_kw: venue.battery.power_kw,
        soc_min_ratio: venue.battery.soc_min_ratio,
        soc_max_ratio: venue.battery.soc_max_ratio,
      }
    : null,
  point_states: glance.points,
  points: points.map(({ point: { id, kind, unit }, source, latest, state }) => ({
    point: id,
    kind,
    unit,
    gateway: source,
    state,
    latest: reading(latest),
  })),
  plan: planOf(plan, venue.id),
});
