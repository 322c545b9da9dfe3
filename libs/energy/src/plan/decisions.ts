/** What is decided for a site, in the order of its parts; one value a slot. */
export interface SiteDecisions {
  /** Import less export, by connection. */
  readonly net_kw: readonly (readonly number[])[];
  readonly unserved_kw: readonly (readonly number[])[];
  readonly used_kw: readonly (readonly number[])[];
  /** Positive while charging. */
  readonly store_kw: readonly (readonly number[])[];
  readonly level_kw: readonly (readonly number[])[];
  /** Of units that are on or off; of others nobody asks. */
  readonly on: readonly (readonly boolean[])[];
  readonly task_kw: readonly (readonly number[])[];
  /** By switch: the index of the connection of it that is closed, -1 where none is. */
  readonly closed: readonly (readonly number[])[];
}
