import type { Recording } from './recording.js';
import type { RoadTables } from './roads.js';
import type {
  Device,
  EnergySettings,
  Feeder,
  Games,
  Gateway,
  SessionEntry,
  TransportSettings,
  Venue,
} from './schema.js';

/** A Games pack in memory: checked, with its recordings read. */
export interface Pack {
  /** Absolute folder that it was read from. */
  readonly directory: string;
  readonly games: Games;
  readonly feeders: readonly Feeder[];
  readonly venues: readonly Venue[];
  readonly energy: EnergySettings;
  readonly transport: TransportSettings;
  /** The GTFS feed's zip, as bytes. */
  readonly gtfs: Uint8Array;
  /** The roads, when `transport.roads` names them. */
  readonly roads?: RoadTables;
  readonly sessions: { readonly recording: string; readonly entries: readonly SessionEntry[] };
  readonly recordings: ReadonlyMap<string, Recording>;
  readonly gateways: readonly Gateway[];
  /** Devices that speak their own format. */
  readonly devices: readonly Device[];
}
