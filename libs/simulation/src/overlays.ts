import type { Pack } from '#libs/games';

import type { Scenario } from './scenario.js';

/** The pack as the scenario changes it; the recordings stay. */
export const applyOverlays = (pack: Pack, { overlays }: Pick<Scenario, 'overlays'>): Pack => {
  const limits = overlays.import_limit_scale ?? 1;
  const people = overlays.attendance_scale ?? 1;
  return {
    ...pack,
    venues: pack.venues.map((venue) => ({
      ...venue,
      grid: { ...venue.grid, import_limit_kw: venue.grid.import_limit_kw * limits },
    })),
    transport: {
      ...pack.transport,
      fleet: resize(pack.transport.fleet, overlays.fleet_count),
    },
    gateways: pack.gateways.map((gateway) => ({
      ...gateway,
      points: gateway.points.map((point) =>
        point.recorded && point.unit === 'people'
          ? { ...point, recorded: { ...point.recorded, scale: point.recorded.scale * people } }
          : point,
      ),
    })),
  };
};

/** The fleet with so many vehicles: the first of the pack's order, or more of the first kind. */
const resize = (fleet: Pack['transport']['fleet'], count: number | undefined): Pack['transport']['fleet'] => {
  if (count === undefined) return fleet;
  let left = count;
  const kept = fleet.map((vehicles) => {
    const taken = Math.min(vehicles.count, left);
    left -= taken;
    return { ...vehicles, count: taken };
  });
  return kept.map((vehicles, index) => ({ ...vehicles, count: vehicles.count + (index === 0 ? left : 0) }));
};
