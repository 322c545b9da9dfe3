import { formatPower } from '../format/quantity.js';
import { frameOf, pathThrough, type Sample, y } from './trend-path.js';

const WIDTH = 240;
const HEIGHT = 36;
const QUARTER_MS = 15 * 60_000;

interface TrendProps {
  readonly venue: string;
  readonly past: readonly Sample[];
  readonly planned: readonly Sample[];
  readonly limitKw: number;
  readonly from: number;
  readonly now: number;
  readonly to: number;
}

/** Grid power of the last hours as a line, the plan of the next ones dashed, under the import limit. */
export const Trend = ({ venue, past, planned, limitKw, from, now, to }: TrendProps) => {
  if (past.length === 0 && planned.length === 0) return <span className="muted">no readings yet</span>;
  const frame = frameOf([...past, ...planned], limitKw, { from, to, width: WIDTH, height: HEIGHT });
  const highest = Math.max(...past.map(({ value }) => value));
  const highestPlanned = Math.max(...planned.map(({ value }) => value));
  const nowX = ((now - from) / (to - from)) * WIDTH;
  const label =
    `Grid power of ${venue}: at most ${formatPower(highest)} kW in the last hours, ` +
    `${formatPower(highestPlanned)} kW planned, limit ${formatPower(limitKw)} kW.`;
  return (
    <svg className="trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <title>{label}</title>
      <line className="limit" x1="0" x2={WIDTH} y1={y(frame, limitKw)} y2={y(frame, limitKw)} />
      <line className="now" x1={nowX} x2={nowX} y1="0" y2={HEIGHT} />
      <path className="past" d={pathThrough(past, frame, 3 * QUARTER_MS)} />
      <path className="planned" d={pathThrough(planned, frame, 2 * QUARTER_MS)} />
    </svg>
  );
};
