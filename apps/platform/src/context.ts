import type { Pack } from '#libs/games';
import type { Metrics } from '#libs/observability';
import type { SolverName } from '#libs/lp';
import type { Store } from '#libs/store';
import type { WantedBegin } from './control/event-begin.js';
import type { Shard } from './ingest/shares.js';

export const ROLES = ['broker', 'ingest', 'control', 'api', 'simulate'] as const;
export type Role = (typeof ROLES)[number];

/** Simulations have nothing to do with the broker: a process with this role alone needs none. */
export const needsBroker = (roles: ReadonlySet<Role>): boolean => [...roles].some((role) => role !== 'simulate');

/** The environment and the command line, read once at start and checked. */
export interface Settings {
  readonly roles: ReadonlySet<Role>;
  readonly host: string;
  readonly port: number;
  readonly mqttUrl: string;
  /** The part of the venues whose readings this process takes. */
  readonly shard: Shard;
  readonly speed: number;
  /** Where event time begins when nothing is stored yet. */
  readonly begin: WantedBegin;
  readonly solver: SolverName;
  /** Asked of every request when set; required to listen on anything but loopback. */
  readonly token: string | undefined;
}

/** What every role is handed. */
export interface PlatformContext {
  readonly settings: Settings;
  readonly pack: Pack;
  readonly store: Store;
  readonly metrics: Metrics;
}

/** Injection token of the PlatformContext, provided globally. */
export const CONTEXT = Symbol('PlatformContext');
