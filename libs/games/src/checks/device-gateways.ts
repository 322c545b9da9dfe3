import { findText, listAt, listBelow } from '../reading/document.js';
import { type Check, faultAt } from './check.js';

/** Readings are kept by venue and source, so a device is not called as a gateway of its venue is. */
export const checkSourceIds: Check = (documents) => {
  const gateways = listAt(documents['devices.yaml'], 'gateways[]');
  return listAt(documents['devices.yaml'], 'devices[]').flatMap((device) => {
    const [id, venue] = [findText(device, 'id'), findText(device, 'venue')];
    const taken = gateways.find((gateway) => findText(gateway, 'venue') === venue && findText(gateway, 'id') === id);
    const found = listBelow(device, 'id')[0];
    if (id === undefined || !taken || !found) return [];
    return [faultAt('devices.yaml', found, 'duplicate_id', `The id is taken by ${taken.path}. Give each its own.`)];
  });
};

/** The gateway that reads a device stands at the device's venue. */
export const checkDeviceGateways: Check = (documents) => {
  const gateways = listAt(documents['devices.yaml'], 'gateways[]');
  return listAt(documents['devices.yaml'], 'devices[]').flatMap((device) => {
    const [gateway, venue] = [findText(device, 'gateway'), findText(device, 'venue')];
    const found = listBelow(device, 'gateway')[0];
    if (gateway === undefined || venue === undefined || !found) return [];
    const own = gateways.filter((entry) => findText(entry, 'venue') === venue).map((entry) => findText(entry, 'id'));
    if (own.includes(gateway)) return [];
    const message = `The venue ${venue} has only the gateways ${own.join(', ') || 'none'}. Without gateway the platform reads the device itself.`;
    return [faultAt('devices.yaml', found, 'unknown_gateway', message)];
  });
};
