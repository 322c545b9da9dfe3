import { closedConnections, listConnections, type Pack, type Venue } from '#libs/games';
import { type EpochMs, findSlot } from '#libs/kernel';

import { feederLoads } from '../../control/energy/site-power.js';
import { countStates, type PackPoint } from '../devices/pack-points.js';
import { findMeasured, findNamed } from './measured.js';
import type { FeederGlance, VenueGlance } from './overview.schema.js';
import type { Picture, StoredEnergyPlan } from './picture.js';

/** Import less export that the plan has for a site at `now`, kW. */
const plannedGrid = (plan: StoredEnergyPlan | undefined, site: string, now: EpochMs): number | null => {
  if (plan?.state !== 'active') return null;
  const slot = findSlot(plan.content.grid, now);
  const found = plan.content.sites.find((entry) => entry.site === site);
  const [imported, exported] = slot === undefined ? [] : [found?.import_kw[slot], found?.export_kw[slot]];
  return imported === undefined || exported === undefined ? null : imported - exported;
};

/** `points`: those of the pack in the picture. */
export const venueGlances = (
  pack: Pick<Pack, 'venues'>,
  picture: Picture,
  points: readonly PackPoint[],
): VenueGlance[] => {
  const counts = countStates(points);
  return pack.venues.map((venue) => {
    const { id, name } = venue;
    const closed = closedConnections(venue, (at, point) => findNamed(picture, at, point)?.value);
    // While no connection is closed, what it may take again is that of its first.
    const feeding = closed.length > 0 ? closed : listConnections(venue).slice(0, 1);
    const limit = (of: 'import_limit_kw' | 'export_limit_kw') => feeding.reduce((sum, terms) => sum + terms[of], 0);
    const [load, pv, battery, soc, main] = ['load_power', 'pv_power', 'battery_power', 'battery_soc', 'grid_power'].map(
      (kind) => findMeasured(picture, id, kind),
    );
    const times = [load, pv, battery, soc, main].flatMap((reading) => (reading ? [reading.ts] : []));
    return {
      id,
      name,
      feeder: feeding[0]?.feeder ?? venue.grid.feeder,
      load_kw: load?.value ?? null,
      pv_kw: pv?.value ?? null,
      battery_kw: battery?.value ?? null,
      battery_soc_ratio: soc?.value ?? null,
      grid_kw: main?.value ?? null,
      import_limit_kw: limit('import_limit_kw'),
      export_limit_kw: limit('export_limit_kw'),
      planned_grid_kw: plannedGrid(picture.energy.plan, id, picture.now),
      measured_ms: times.length === 0 ? null : Math.min(...times),
      connections: listConnections(venue).map(({ id: name, feeder }) => ({ id: name, feeder })),
      generators: (venue.generators ?? []).map((generator) => generator.id),
      switches: switchGlances(venue, picture),
      points: counts.get(id) ?? { live: 0, stale: 0, never: 0 },
    };
  });
};

const switchGlances = (venue: Venue, picture: Picture): VenueGlance['switches'] =>
  (venue.switches ?? []).map(({ id, connections, point }) => {
    const measured = findNamed(picture, venue.id, point);
    return {
      id,
      connections: connections.flatMap((name) =>
        listConnections(venue).flatMap((one) => (one.id === name ? [{ id: name, feeder: one.feeder }] : [])),
      ),
      position: measured ? Math.round(measured.value) : null,
    };
  });

/** A feeder carries what its venues take from the grid together, directly or through others; unknown while none of them is measured. */
export const feederGlances = (
  pack: Pick<Pack, 'feeders' | 'venues'>,
  picture: Pick<Picture, 'points' | 'latest'>,
  venues: readonly Pick<VenueGlance, 'id' | 'grid_kw'>[],
): FeederGlance[] => {
  const grid = new Map(venues.map(({ id, grid_kw }) => [id, grid_kw ?? undefined]));
  const measured = feederLoads(
    pack,
    (venue) => grid.get(venue),
    (venue, point) => findNamed(picture, venue, point)?.value,
  );
  const loads = new Map(measured.map((load) => [load.feeder, load]));
  return pack.feeders.map(({ id, name, limit_kw }) => {
    const { load_kw = null, loading_ratio = null } = loads.get(id) ?? {};
    return { id, name, load_kw, limit_kw, loading_ratio };
  });
};
