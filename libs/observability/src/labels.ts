/** The values a label may take: a label without a bound is a series without a bound. */
export const messageOutcomes = ['stored', 'rejected'] as const;
export const readingOutcomes = ['stored', 'duplicate', 'rejected', 'skipped'] as const;
export const planKinds = ['dispatch', 'energy'] as const;
export const planStates = ['proposed', 'approved', 'active', 'superseded', 'rejected', 'rolled_back'] as const;
export const commandKinds = ['setpoint', 'orders'] as const;
export const commandOutcomes = ['received', 'applied', 'refused', 'expired'] as const;
export const alarmPriorities = ['critical', 'high', 'medium', 'low'] as const;
export const vehicleStates = [
  'on_trip',
  'idle',
  'unknown',
  'no_order',
  'missing',
  'silent',
  'stuck',
  'off_route',
  'wrong_line',
  'bunched',
] as const;
/** `load`, `pv`, `charge`, `discharge`, `import`, `export`: each is zero or more. */
export const powerDirections = ['load', 'pv', 'charge', 'discharge', 'import', 'export'] as const;
