import type { TransportSettings } from './schema.js';

/** A vehicle of the fleet. */
export interface FleetVehicle {
  /** `<prefix>-01` to `<prefix>-<count>`. */
  readonly id: string;
  readonly group: TransportSettings['fleet'][number];
}

/** Every vehicle of the fleet, in the order of the pack. */
export const listVehicles = ({ fleet }: Pick<TransportSettings, 'fleet'>): readonly FleetVehicle[] =>
  fleet.flatMap((group) =>
    Array.from({ length: group.count }, (_, index) => ({
      id: `${group.prefix}-${String(index + 1).padStart(2, '0')}`,
      group,
    })),
  );
