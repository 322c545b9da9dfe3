import { listVehicles, type Pack } from '#libs/games';
import type { CommandTargets } from '#libs/telemetry';

/** What the platform tells at a venue. */
const ASSETS = ['battery', 'pv'] as const;

/** Where a pack's setpoints and orders go. */
export const commandTargets = ({
  venues,
  transport,
}: {
  readonly venues: readonly Pick<Pack['venues'][number], 'id'>[];
  readonly transport: Pick<Pack['transport'], 'fleet'>;
}): CommandTargets => ({
  setpoints: venues.flatMap(({ id: venue }) => ASSETS.map((asset) => ({ venue, asset }))),
  vehicles: listVehicles(transport).map(({ id }) => id),
});
