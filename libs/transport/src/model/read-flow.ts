import type { FleetFlow } from '../problem/fleet-flow.js';
import type { Columns, DispatchIndex } from './dispatch-index.js';

/** What vehicles do in a solution of the model, whole but for the energy charged. */
export const readFlow = (index: DispatchIndex, values: ArrayLike<number>): FleetFlow => {
  const read = (of: readonly (readonly Columns[])[], round: (value: number) => number): number[][][] =>
    of.map((group) =>
      group.map((columns) => Array.from(columns, (column) => (column < 0 ? 0 : round(values[column] ?? 0)))),
    );
  const whole = (value: number): number => Math.max(0, Math.round(value));
  return {
    trips: read(index.trip, whole),
    deadheads: read(index.dead, whole),
    callOuts: read(index.call, whole),
    charged: read(index.charge, (value) => Math.max(0, value)),
  };
};
