const WORDS: Readonly<Record<string, string>> = {
  mean_wait_s: 'Mean wait, s',
  p95_wait_s: '95 % wait less than, s',
  worst_wait_s: 'Longest wait, s',
  unserved_passengers: 'People left at the day’s end',
  left_behind: 'Times a vehicle was full',
  clear_50_min: 'Half of a session gone, min',
  clear_90_min: '90 % of a session gone, min',
  clear_99_min: '99 % of a session gone, min',
  late_arrivals: 'People late for a session',
  peak_density_per_m2: 'Densest waiting, people per m²',
  dense_minutes: 'Minutes too dense',
  vehicle_hours: 'Vehicle-hours',
  vehicle_km: 'Driven, km',
  empty_share: 'Of it empty',
  driver_hours: 'Drivers’ hours',
  departures: 'Departures',
  cancelled_departures: 'Departures cancelled',
  plan_changes_per_hour: 'Changes of plan an hour',
  energy_cost: 'Energy',
  import_kwh: 'Bought, kWh',
  peak_import_kw: 'Peak import, kW',
  peak_feeder_ratio: 'Peak of a feeder, of its limit',
  over_limit_kwh: 'Past limits, kWh',
  unserved_kwh: 'Not served, kWh',
  shed_kwh: 'Shed by plan, kWh',
  uncharged_kwh: 'Missing in vehicles at midnight, kWh',
  reserve_shortfall_kwh: 'Missing after a loss, kWh',
  carbon_kg: 'Carbon, kg',
  alarms: 'Alarms',
};

/** What an indicator is called on the page. `currency`: of money. Of a group of people: `<indicator>.<group>`. */
export const indicatorWords = (indicator: string, currency: string): string => {
  const [name = '', group] = indicator.split('.');
  const words = WORDS[name] ?? name;
  const whole = name === 'energy_cost' ? `${words}, ${currency}` : words;
  return group === undefined ? whole : `${whole}: ${group.replaceAll('_', ' ')}`;
};
