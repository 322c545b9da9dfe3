import type { Pack } from './pack.js';
import type { Point } from './schema.js';

/** A point of the pack, and who publishes it: a gateway, or a device that the platform reads itself. */
export interface SourcedPoint {
  readonly venue: string;
  /** Id of the gateway or device. */
  readonly source: string;
  readonly point: Point;
}

/** Every point of a pack: those of its gateways, with the devices that they read, then those of the other devices. */
export const listPackPoints = ({ gateways, devices }: Pick<Pack, 'gateways' | 'devices'>): readonly SourcedPoint[] => [
  ...gateways.flatMap(({ venue, id, points }) => points.map((point) => ({ venue, source: id, point }))),
  ...devices.flatMap(({ venue, id, gateway, points }) =>
    points.map((point) => ({ venue, source: gateway ?? id, point })),
  ),
];
