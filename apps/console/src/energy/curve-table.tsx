import { useState } from 'react';
import { formatMoment } from '../format/civil-time.js';
import { formatLevel } from './curve-row.js';
import type { Curve, Timeline } from './curve.js';

interface CurveTableProps {
  /** What the curves are of. */
  readonly of: string;
  readonly curves: readonly Curve[];
  readonly timeline: Timeline;
  readonly zone: string;
}

interface Line {
  readonly from: number;
  readonly state: 'measured' | 'planned';
  readonly values: readonly (number | null | undefined)[];
}

const linesOf = (curves: readonly Curve[], { measured, planned, now }: Timeline): readonly Line[] => {
  const count = (of: (curve: Curve) => readonly unknown[]): number =>
    Math.max(0, ...curves.map((one) => of(one).length));
  const past = Array.from({ length: count(({ past: values }) => values) }, (_, step): Line => ({
    from: measured.start_ms + step * measured.step_ms,
    state: 'measured',
    values: curves.map(({ past: values }) => values[step]),
  }));
  if (!planned) return past;
  const ahead = Array.from({ length: count(({ planned: values }) => values) }, (_, slot): Line => ({
    from: planned.start_ms + slot * planned.step_ms,
    state: 'planned',
    values: curves.map(({ planned: values }) => values[slot]),
  }));
  return [...past, ...ahead.filter(({ from }) => from + planned.step_ms > now)];
};

const Table = ({ of, curves, timeline, zone }: CurveTableProps) => (
  <table>
    <caption className="visually-hidden">{of} by quarter of an hour</caption>
    <thead>
      <tr>
        <th scope="col">From</th>
        {curves.map(({ name }) => (
          <th key={name} scope="col" className="number">
            {name}
          </th>
        ))}
        <th scope="col" />
      </tr>
    </thead>
    <tbody>
      {linesOf(curves, timeline).map(({ from, state, values }) => (
        <tr key={`${state} ${from}`}>
          <th scope="row">{formatMoment(zone, from, timeline.now)}</th>
          {curves.map((curve, at) => (
            <td key={curve.name} className="number">
              {formatLevel(curve, values[at])}
            </td>
          ))}
          <td className="muted">{state}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** The values behind pictures; the table is made when it is opened. */
export const CurveTable = (props: CurveTableProps) => {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="values" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>
        Values<span className="visually-hidden"> of {props.of}</span>
      </summary>
      {isOpen && (
        <div className="scrolls" tabIndex={0} role="region" aria-label={`Values of ${props.of}`}>
          <Table {...props} />
        </div>
      )}
    </details>
  );
};
