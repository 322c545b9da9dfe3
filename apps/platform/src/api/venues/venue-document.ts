import type { Venue } from '#libs/games';
import type { ReadingRow } from '#libs/store';
import { QUALITY_IMPORTED } from '#libs/telemetry';

import type { VenueGlance } from '../live/overview.schema.js';
import type { Picture, StoredEnergyPlan } from '../live/picture.js';
import type { VenueDocument } from './venue.schema.js';

const QUALITIES = ['good', 'uncertain', 'bad'] as const;

const reading = (row: ReadingRow | undefined) =>
  row === undefined
    ? null
    : { ts_ms: row.ts, value: row.value, quality: QUALITIES[row.quality % QUALITY_IMPORTED] ?? ('bad' as const) };

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

export const venueDocument = (
  venue: Venue,
  glance: VenueGlance,
  picture: Picture,
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
  points: picture.points
    .filter((point) => point.venue === venue.id)
    .map(({ id, point, kind, unit, gateway }) => ({
      point,
      kind,
      unit,
      gateway,
      latest: reading(picture.latest.get(id)),
    })),
  plan: planOf(picture.energy.plan, venue.id),
});
