/** A day of a record, and how many days of the season it stands for. */
export interface PickedDay {
  readonly day: number;
  readonly weight: number;
}

/**
 * Days that stand for a season: sorted by energy and cut into groups of about equal size, each with the day nearest to its mean; and the day of the highest peak, which no mean shows, for itself.
 * `energy` and `peak`: of each day on record; weights sum up to `seasonDays`.
 */
export const pickDays = (
  energy: readonly number[],
  peak: readonly number[],
  groups: number,
  seasonDays: number,
): readonly PickedDay[] => {
  const highest = peak.reduce((best, value, day) => (value > (peak[best] ?? -Infinity) ? day : best), 0);
  const sorted = [...energy.keys()]
    .filter((day) => day !== highest)
    .sort((a, b) => (energy[a] ?? 0) - (energy[b] ?? 0));
  const each = seasonDays / energy.length;
  const count = Math.min(groups, sorted.length);
  const picked = Array.from({ length: count }, (_, group): PickedDay => {
    const own = sorted.slice(
      Math.floor((group * sorted.length) / count),
      Math.floor(((group + 1) * sorted.length) / count),
    );
    const mean = own.reduce((sum, day) => sum + (energy[day] ?? 0), 0) / own.length;
    const distance = (day: number): number => Math.abs((energy[day] ?? 0) - mean);
    const day = own.reduce((best, one) => (distance(one) < distance(best) ? one : best));
    return { day, weight: own.length * each };
  });
  return [...picked, { day: highest, weight: each }];
};
