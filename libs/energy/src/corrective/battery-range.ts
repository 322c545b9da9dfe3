import type { Venue } from '#libs/games';

/** A correction can be kept up for so long, hours: until the next plans have seen it. */
const KEPT_UP = 0.25;

/** Powers that a battery can keep up for a quarter hour from a state of charge, kW, from discharging (negative) to charging, within its band. */
export const batteryRange = (
  battery: NonNullable<Venue['battery']>,
  soc: number,
): { readonly least_kw: number; readonly most_kw: number } => {
  const { capacity_kwh, power_kw, charge_efficiency, discharge_efficiency, soc_min_ratio, soc_max_ratio } = battery;
  const stock = Math.max(0, soc - soc_min_ratio) * capacity_kwh * discharge_efficiency;
  const room = (Math.max(0, soc_max_ratio - soc) * capacity_kwh) / charge_efficiency;
  return { least_kw: -Math.min(power_kw, stock / KEPT_UP), most_kw: Math.min(power_kw, room / KEPT_UP) };
};
