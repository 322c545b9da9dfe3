import { closedConnections, sharesOf, type Venue } from '#libs/games';

/** Where a switch stood in a slot: by position, counted from 1, the part of the slot. Empty: nobody knows. */
export type Standing = readonly (readonly [position: number, part: number])[];

/** Which feeders carried a venue's power, by where its switches stood. */
export interface FeederShares {
  /** By feeder that one of its connections hangs on: its share in each slot. In each slot they sum to 1. */
  readonly of: ReadonlyMap<string, readonly number[]>;
  /** By slot, whether a switch was not read, so that it is taken to have stood on its first connection. */
  readonly byDefault: readonly boolean[];
}

/**
 * From the least, highest and mean position that were read in a slot: between two positions the mean tells how long it stood on each. While none was closed nothing flowed, so all that was metered
 * flowed while the other was.
 */
export const standingOf = ({
  min,
  max,
  mean,
}: {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}): Standing => {
  const [low, high] = [Math.round(min), Math.round(max)];
  if (high < 1) return [];
  if (low === high || low < 1) return [[high, 1]];
  const part = Math.min(1, Math.max(0, (mean - low) / (high - low)));
  return [
    [low, 1 - part],
    [high, part],
  ];
};

/** `standing`: of each of the venue's switches, by the point that measures it, one value a slot; what is missing was not read. */
export const feederShares = (
  venue: Venue,
  standing: (point: string) => readonly Standing[] | undefined,
  slots: number,
): FeederShares => {
  const of = new Map<string, number[]>();
  const byDefault = new Array<boolean>(slots).fill(false);
  const switches = (venue.switches ?? []).map(({ point }) => ({ point, standing: standing(point) }));
  for (let slot = 0; slot < slots; slot += 1) {
    const known = switches.flatMap((one) => {
      const parts = one.standing?.[slot] ?? [];
      return parts.length > 0 ? [{ point: one.point, parts }] : [];
    });
    byDefault[slot] = known.length < switches.length;
    for (const [positions, part] of combine(known))
      for (const { feeder, share } of sharesOf(closedConnections(venue, (_, point) => positions.get(point)))) {
        const series = of.get(feeder) ?? new Array<number>(slots).fill(0);
        of.set(feeder, series);
        series[slot] = (series[slot] ?? 0) + part * share;
      }
  }
  return { of, byDefault };
};

/** Every way in which switches stood together, and the part of the slot; each moves by itself. */
const combine = (
  switches: readonly { readonly point: string; readonly parts: Standing }[],
): readonly (readonly [positions: ReadonlyMap<string, number>, part: number])[] =>
  switches.reduce<readonly (readonly [ReadonlyMap<string, number>, number])[]>(
    (all, { point, parts }) =>
      all.flatMap(([positions, whole]) =>
        parts.map(([position, part]) => [new Map([...positions, [point, position]]), whole * part] as const),
      ),
    [[new Map(), 1]],
  );
