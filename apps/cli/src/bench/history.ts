import { type EpochMs, epochMs, HOUR_MS, seededRandom } from '#libs/kernel';
import type { PointRow, ReadingRow } from '#libs/store';

/** More than the day that is asked for. */
const SPAN_MS = 26 * HOUR_MS;
const GOOD = 0;

/** Every point in turn at equal steps over 26 hours up to `now`, in time order as they would have come. */
export function* history(
  points: readonly Pick<PointRow, 'id'>[],
  readings: number,
  now: EpochMs,
  seed: number,
): Generator<ReadingRow> {
  const random = seededRandom(seed);
  const rounds = Math.ceil(readings / points.length);
  const step = SPAN_MS / rounds;
  let left = readings;
  for (let round = 0; round < rounds; round++) {
    const ts = epochMs(Math.floor(now - SPAN_MS + round * step));
    for (const { id } of points) {
      if (left-- <= 0) return;
      yield { pointId: id, ts, value: Math.round(random() * 10_000) / 10, quality: GOOD };
    }
  }
}
