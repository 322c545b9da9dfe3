import type { Pack } from '#libs/games';
import type { CommandTargets } from '#libs/telemetry';

/** What the platform tells at a venue. */
const ASSETS = ['battery', 'pv'] as const;

/** Where a pack's setpoints and orders go: `<prefix>-01` to `<prefix>-<count>` are its vehicles. */
export const commandTargets = ({
  venues,
  transport: { fleet },
}: {
  readonly venues: readonly Pick<Pack['venues'][number], 'id'>[];
  readonly transport: { readonly fleet: Pick<Pack['transport']['fleet'], 'prefix' | 'count'> };
}): CommandTargets => ({
  setpoints: venues.flatMap(({ id: venue }) => ASSETS.map((asset) => ({ venue, asset }))),
  vehicles: Array.from({ length: fleet.count }, (_, index) => `${fleet.prefix}-${String(index + 1).padStart(2, '0')}`),
});
