import type { ReactNode } from 'react';
import { formatTime } from '../format/civil-time.js';
import { formatPower, formatShare } from '../format/quantity.js';
import { type Curve, drawCurve, HEIGHT, pastSamples, plannedSamples, ticksOf, type Timeline, WIDTH } from './curve.js';

interface CurveRowProps {
  /** What the curve is of, for those who do not see it. */
  readonly of: string;
  readonly curve: Curve;
  readonly timeline: Timeline;
  readonly zone: string;
  /** What stands beside the picture. */
  readonly children: ReactNode;
}

export const formatLevel = ({ unit }: Curve, value: number | null | undefined): string =>
  unit === '%' ? formatShare(value) : `${formatPower(value)} kW`;

/** What the picture shows, in a sentence. */
const describe = (of: string, curve: Curve, timeline: Timeline, zone: string): string => {
  const [past, ahead] = [pastSamples(curve, timeline), plannedSamples(curve, timeline)];
  const most = (samples: typeof past) => samples.reduce((a, b) => (b.value > a.value ? b : a));
  const parts = [
    past.length === 0
      ? 'not measured'
      : `at most ${formatLevel(curve, most(past).value)} measured since ${formatTime(zone, timeline.from)}`,
    ahead.length === 0
      ? 'not planned'
      : `at most ${formatLevel(curve, most(ahead).value)} planned, at ${formatTime(zone, most(ahead).ts)}`,
  ];
  return `${of}: ${parts.join(', ')}.`;
};

/** A quantity of a timeline: measured as a line, planned dashed, its limit in red. */
export const CurveRow = ({ of, curve, timeline, zone, children }: CurveRowProps) => {
  const { frame, past, planned, upper, lower, over } = drawCurve(curve, timeline);
  const label = describe(of, curve, timeline, zone);
  const place = (instant: number): number => ((instant - timeline.from) / (timeline.to - timeline.from)) * WIDTH;
  const level = (value: number): number => HEIGHT - ((value - frame.low) / (frame.high - frame.low)) * HEIGHT;
  return (
    <li>
      <div className="what">{children}</div>
      <svg
        className="curve"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <title>{label}</title>
        {ticksOf(zone, timeline.from, timeline.to).map((tick) => (
          <line key={tick} className="tick" x1={place(tick)} x2={place(tick)} y1="0" y2={HEIGHT} />
        ))}
        {over.map((band) => (
          <rect key={band.x} className="over" x={band.x} width={band.width} y="0" height={HEIGHT} />
        ))}
        <line className="zero" x1="0" x2={WIDTH} y1={level(0)} y2={level(0)} />
        <path className="limit" d={upper} />
        <path className="limit" d={lower} />
        <line className="now" x1={place(timeline.now)} x2={place(timeline.now)} y1="0" y2={HEIGHT} />
        <path className="past" d={past} />
        <path className="planned" d={planned} />
      </svg>
      <div className="scale" aria-hidden="true">
        <span>{curve.unit === '%' ? '100 %' : formatPower(frame.high)}</span>
        <span>{curve.unit === '%' ? '0 %' : formatPower(frame.low)}</span>
      </div>
    </li>
  );
};

/** The hours under the curves, and where now is. */
export const TimeAxis = ({ timeline, zone }: Pick<CurveRowProps, 'timeline' | 'zone'>) => {
  // Kept off the edges by half a label.
  const share = (instant: number): string =>
    `clamp(1.5em, ${((instant - timeline.from) / (timeline.to - timeline.from)) * 100}%, 100% - 1.5em)`;
  return (
    <li className="axis" aria-hidden="true">
      <div>
        {ticksOf(zone, timeline.from, timeline.to).map((tick) => (
          <span key={tick} style={{ left: share(tick) }}>
            {formatTime(zone, tick)}
          </span>
        ))}
        <strong style={{ left: share(timeline.now) }}>now</strong>
      </div>
    </li>
  );
};
