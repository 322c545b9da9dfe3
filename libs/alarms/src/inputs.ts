/** What the alarms look at: the latest picture of the event, one place to read it from. Times are event time in seconds of age, power in kW. */
export interface AlarmInputs {
  readonly feeders: readonly { readonly id: string; readonly load_kw: number; readonly limit_kw: number }[];
  readonly venues: readonly { readonly id: string; readonly import_kw: number; readonly import_limit_kw: number }[];
  /** `age_seconds` null: there is no active plan. */
  readonly plans: readonly {
    readonly kind: string;
    readonly age_seconds: number | null;
    readonly cadence_seconds: number;
  }[];
  readonly gateways: readonly { readonly venue: string; readonly id: string; readonly online: boolean }[];
  readonly lines: readonly { readonly id: string; readonly unserved_passengers: number }[];
  /** Of the active energy plan. */
  readonly violations: readonly {
    readonly limit: string;
    readonly at: string;
    readonly worst_kw: number;
    readonly from_ms: number;
  }[];
}
