import { findNumber, listAt, listBelow } from '../reading/document.js';
import { type Check, faultAt } from './check.js';

/** A battery's band of charge has a width, and its first state of charge lies inside. */
export const checkBatteries: Check = (documents) =>
  listAt(documents['venues.yaml'], 'venues[].battery').flatMap((battery) => {
    const [min, max, initial] = ['soc_min_ratio', 'soc_max_ratio', 'initial_soc_ratio'].map((key) =>
      findNumber(battery, key),
    );
    if (min === undefined || max === undefined) return [];
    const at = (key: string) => listBelow(battery, key)[0] ?? battery;
    if (min >= max) {
      return [
        faultAt('venues.yaml', at('soc_min_ratio'), 'soc_band', `soc_min_ratio must be below soc_max_ratio (${max}).`),
      ];
    }
    return initial === undefined || (min <= initial && initial <= max)
      ? []
      : [faultAt('venues.yaml', at('initial_soc_ratio'), 'soc_band', `It must lie between ${min} and ${max}.`)];
  });
