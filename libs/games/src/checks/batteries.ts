import type { Fault } from '#libs/kernel';
import { findNumber, type Found, listAt, listBelow } from '../reading/document.js';
import { type Check, faultAt } from './check.js';

const bandFaults = (store: Found): readonly Fault[] => {
  const [min, max] = [findNumber(store, 'soc_min_ratio'), findNumber(store, 'soc_max_ratio')];
  if (min === undefined || max === undefined) return [];
  const at = (key: string) => listBelow(store, key)[0] ?? store;
  if (min >= max) {
    return [
      faultAt('venues.yaml', at('soc_min_ratio'), 'soc_band', `soc_min_ratio must be below soc_max_ratio (${max}).`),
    ];
  }
  return ['initial_soc_ratio', 'session_soc_ratio'].flatMap((key) => {
    const ratio = findNumber(store, key);
    return ratio === undefined || (min <= ratio && ratio <= max)
      ? []
      : [faultAt('venues.yaml', at(key), 'soc_band', `It must lie between ${min} and ${max}.`)];
  });
};

/** A store's band has a width; what it holds first, and when sessions start, lies inside. */
export const checkBatteries: Check = (documents) =>
  ['venues[].battery', 'venues[].thermal[].store'].flatMap((pattern) =>
    listAt(documents['venues.yaml'], pattern).flatMap(bandFaults),
  );

/** A vehicle's battery is larger than what must stay in it. */
export const checkReserves: Check = (documents) =>
  listAt(documents['transport.yaml'], 'vehicle_types[].battery').flatMap((battery) => {
    const [capacity, reserve] = [findNumber(battery, 'capacity_kwh'), findNumber(battery, 'reserve_kwh')];
    const found = listBelow(battery, 'reserve_kwh')[0];
    if (capacity === undefined || reserve === undefined || !found || reserve < capacity) return [];
    const message = `The reserve must be smaller than the battery, ${capacity} kWh. Lower it, or check the capacity.`;
    return [faultAt('transport.yaml', found, 'reserve', message)];
  });
