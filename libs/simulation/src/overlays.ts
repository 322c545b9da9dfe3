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
      fleet: { ...pack.transport.fleet, count: overlays.fleet_count ?? pack.transport.fleet.count },
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
