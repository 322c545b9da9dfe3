/** Limits that give way, the last first: nothing of a tier is given up for anything of a later one. */
export const TIERS = ['life_safety', 'broadcast', 'supply', 'feeder', 'contract', 'reserve', 'comfort'] as const;
export type Tier = (typeof TIERS)[number];

/** Which limit. `unserved`: of a load; `task`: not done in its window; `reserve`: what would be missing after a loss; `ride_through`: lights that would go out in a dip; `min_up`: a unit's least time on. */
export type Limit =
  | 'unserved'
  | 'feeder_limit'
  | 'import_limit'
  | 'export_limit'
  | 'reserve'
  | 'ride_through'
  | 'soc_band'
  | 'soc_target'
  | 'task'
  | 'min_up';
