import type { Fault } from '#libs/kernel';

import type { Documents } from '../reading/document.js';
import type { Recording } from '../recording.js';
import { checkBatteries } from './batteries.js';
import type { Check } from './check.js';
import { checkDeviceGateways, checkSourceIds } from './device-gateways.js';
import { checkOrigins } from './device-points.js';
import { checkMeasured, checkPoints } from './devices.js';
import { checkPointNames, checkReferences, checkUnique } from './identifiers.js';
import { checkRides, checkShares } from './rides.js';
import { checkSeries, checkWholeWeeks } from './series.js';
import { checkCivilTimes, checkSessions } from './sessions.js';

const checks: readonly Check[] = [
  checkUnique,
  checkPointNames,
  checkReferences,
  checkBatteries,
  checkPoints,
  checkSourceIds,
  checkDeviceGateways,
  checkOrigins,
  checkMeasured,
  checkCivilTimes,
  checkSessions,
  checkRides,
  checkShares,
  checkWholeWeeks,
];

/** Every rule that a schema of one file cannot say. */
export const checkDocuments = (documents: Documents, recordings: ReadonlyMap<string, Recording>): readonly Fault[] =>
  [...checks, checkSeries(recordings)].flatMap((check) => check(documents));
