import type { Stop } from '../feed.js';
import type { RuleCode } from '../rules.js';
import type { Ledger } from './ledger.js';
import type { ColumnIds } from './read-kept.js';

export interface NumberedStop {
  readonly line: number;
  readonly row: Stop;
}

const STATION = 1;

/** What kind of place a stop lies in, by its own kind: stops, entrances and nodes in stations, boarding areas on platforms. */
const PARENT_TYPE: Readonly<Record<number, number>> = { 0: STATION, 2: STATION, 3: STATION, 4: 0 };

/** Refuses stops whose `parent_station` is not there or of a wrong kind, and then those that lie in a refused one. */
export const keepStops = (read: readonly NumberedStop[], ids: ColumnIds, ledger: Ledger): ReadonlyMap<string, Stop> => {
  const stops = new Map(read.map(({ row }) => [row.stop_id, row]));
  let left = read;
  for (;;) {
    const kept = left.filter(({ line, row }) => {
      const refusal = judgeParent(row, stops, ids.refused);
      if (refusal) {
        ids.refused.add(row.stop_id);
        const value = row.parent_station ?? '';
        ledger.refuse({ file: 'stops.txt', row: line, field: 'parent_station', value, ...refusal });
      }
      return refusal === undefined;
    });
    if (kept.length === left.length) {
      for (const id of stops.keys()) ids.kept.add(id);
      return stops;
    }
    const stay = new Set(kept.map(({ row }) => row.stop_id));
    for (const { row } of left) if (!stay.has(row.stop_id)) stops.delete(row.stop_id);
    left = kept;
  }
};

const judgeParent = (
  { location_type: type = 0, parent_station: parent }: Stop,
  stops: ReadonlyMap<string, Stop>,
  refused: ReadonlySet<string>,
): { readonly rule: RuleCode; readonly message: string; readonly follows: boolean } | undefined => {
  if (parent === undefined) return undefined;
  if (type === STATION) {
    return { rule: 'station_with_parent_station', message: 'A station cannot lie in another.', follows: false };
  }
  const found = stops.get(parent);
  if (!found) {
    const message = `parent_station must name a stop that is imported, found ${JSON.stringify(parent)}.`;
    return { rule: 'foreign_key_violation', message, follows: refused.has(parent) };
  }
  if ((found.location_type ?? 0) === PARENT_TYPE[type]) return undefined;
  const message = `A stop of location_type ${type} cannot lie in one of location_type ${found.location_type ?? 0}.`;
  return { rule: 'wrong_parent_location_type', message, follows: false };
};
