import { findText, listAt, listBelow } from '../reading/document.js';
import { type Check, faultAt, listSources } from './check.js';

/** A feeder's main meter is a point of the named venue that no planner takes for the venue's own. */
export const checkFeederMeters: Check = (documents) =>
  documents['devices.yaml'] === undefined
    ? []
    : listAt(documents['venues.yaml'], 'feeders[].meter').flatMap((meter) => {
        const [point, named] = [listBelow(meter, 'point')[0], findText(meter, 'point')];
        const known = listSources(documents)
          .filter((source) => findText(source, 'venue') === findText(meter, 'venue'))
          .flatMap((source) => listBelow(source, 'points[]'))
          .filter((one) => findText(one, 'kind') === 'sensor' && findText(one, 'unit') === 'kW')
          .map((one) => findText(one, 'id'));
        if (!point || named === undefined || known.includes(named)) return [];
        const message = `devices.yaml has only ${known.join(', ') || 'none'} of kind sensor in kW for this venue. Add the point there.`;
        return [faultAt('venues.yaml', point, 'unmeasured', message)];
      });
