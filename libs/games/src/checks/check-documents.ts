import type { Fault } from '#libs/kernel';

import type { Documents } from '../reading/document.js';
import type { Recording } from '../recording.js';
import { checkBatteries, checkReserves } from './batteries.js';
import type { Check } from './check.js';
import { checkDeviceGateways, checkSourceIds } from './device-gateways.js';
import { checkOrigins } from './device-points.js';
import { checkMeasured, checkPoints } from './devices.js';
import { checkEventDays } from './event-days.js';
import { checkFeederMeters } from './feeder-meters.js';
import { checkConnectionIds, checkFeederTree, checkSwitches } from './grid.js';
import { checkPointNames, checkReferences, checkUnique } from './identifiers.js';
import { checkRides, checkShares } from './rides.js';
import { checkSeries, checkWholeWeeks } from './series.js';
import { checkCivilTimes, checkWindows } from './sessions.js';
import { checkAssetNames, checkAssetPoints, checkGenerators, checkLoads, checkTasks } from './venue-assets.js';

const checks: readonly Check[] = [
  checkUnique,
  checkPointNames,
  checkReferences,
  checkFeederTree,
  checkFeederMeters,
  checkConnectionIds,
  checkSwitches,
  checkAssetNames,
  checkLoads,
  checkGenerators,
  checkTasks,
  checkAssetPoints,
  checkBatteries,
  checkReserves,
  checkPoints,
  checkSourceIds,
  checkDeviceGateways,
  checkOrigins,
  checkMeasured,
  checkEventDays,
  checkCivilTimes,
  checkWindows,
  checkRides,
  checkShares,
  checkWholeWeeks,
];

/** Every rule that a schema of one file cannot say. */
export const checkDocuments = (documents: Documents, recordings: ReadonlyMap<string, Recording>): readonly Fault[] =>
  [...checks, checkSeries(recordings)].flatMap((check) => check(documents));
