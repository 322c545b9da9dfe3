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
  return point && goodReading(latest.get(point.id));
};

/** The same of a point by its name. */
export const findNamed = (
  { points, latest }: Pick<Picture, 'points' | 'latest'>,
  venue: string,
  name: string,
): ReadingRow | undefined => {
  const point = points.find((row) => row.venue === venue && row.point === name);
  return point && goodReading(latest.get(point.id));
};

const goodReading = (reading: ReadingRow | undefined): ReadingRow | undefined =>
  reading && qualityLevel(reading.quality) !== 'bad' ? reading : undefined;
