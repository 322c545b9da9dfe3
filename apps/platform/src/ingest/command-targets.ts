import { listNamedAssets, listVehicles, type Pack, type Venue } from '#libs/games';
import type { CommandTargets } from '#libs/telemetry';

/** What the platform tells at a venue beside its named assets. */
const ASSETS = ['battery', 'pv'] as const;

/** Where a pack's setpoints and orders go. */
export const commandTargets = ({
  venues,
  transport,
}: {
  readonly venues: readonly Pick<Venue, 'id' | 'loads' | 'generators' | 'thermal' | 'tasks'>[];
  readonly transport: Pick<Pack['transport'], 'fleet'>;
}): CommandTargets => ({
  setpoints: venues.flatMap((venue) =>
    [...ASSETS, ...listNamedAssets(venue)].map((asset) => ({ venue: venue.id, asset })),
  ),
  vehicles: listVehicles(transport).map(({ id }) => id),
});
