import type { Level } from '../controls/level.js';
import type { Violation } from './wire.js';

const LIMITS: Readonly<Record<string, string>> = {
  unserved: 'load not served',
  feeder_limit: 'feeder limit',
  import_limit: 'import limit',
  export_limit: 'export limit',
  reserve: 'reserve after a loss',
  ride_through: 'lights held through a dip',
  soc_band: 'band of charge',
  soc_target: 'target of charge',
  task: 'work not done',
  min_up: 'least time on',
};

/** A limit's name as people say it. */
export const limitName = (limit: string): string => LIMITS[limit] ?? limit.replaceAll('_', ' ');

interface TierWords {
  readonly name: string;
  readonly level: Level;
}

const TIERS: Readonly<Record<Violation['tier'], TierWords>> = {
  life_safety: { name: 'life safety', level: 'bad' },
  broadcast: { name: 'broadcast', level: 'bad' },
  supply: { name: 'supply', level: 'bad' },
  feeder: { name: 'feeder', level: 'bad' },
  contract: { name: 'contract', level: 'warn' },
  reserve: { name: 'reserve', level: 'warn' },
  comfort: { name: 'comfort', level: 'warn' },
};

/** A tier's name, and how much attention it needs: what is over a contract costs money, what is over a feeder trips it. */
export const tierWords = (tier: Violation['tier']): TierWords => TIERS[tier];
