import type { Meter } from './add-meters.js';
import type { StoreColumns } from './add-store.js';
import type { UnitColumns } from './add-unit.js';
import type { Columns } from './energy-model.js';

/** Where a site's decisions are in the model's values, in the order of its parts. */
export interface SiteColumns {
  readonly meters: readonly Meter[];
  /** By load: what is not served. */
  readonly unserved: readonly Columns[];
  readonly supplies: readonly Columns[];
  readonly stores: readonly StoreColumns[];
  readonly units: readonly UnitColumns[];
  readonly tasks: readonly Columns[];
  /** By switch and connection of it: whether it is closed. */
  readonly switches: readonly (readonly Columns[])[];
}
