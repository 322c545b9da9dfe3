import type { ReadingRow } from '#libs/store';
import { qualityLevel } from '#libs/telemetry';

import type { Picture } from './picture.js';

/** The latest reading of a venue's point of a kind; undefined when there is none or it is bad. */
export const findMeasured = (
  { points, latest }: Pick<Picture, 'points' | 'latest'>,
  venue: string,
  kind: string,
): ReadingRow | undefined => {
  const point = points.find((row) => row.venue === venue && row.kind === kind);
  const reading = point && latest.get(point.id);
  return reading && qualityLevel(reading.quality) !== 'bad' ? reading : undefined;
};
