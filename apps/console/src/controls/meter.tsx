import type { Level } from './level.js';

interface MeterProps {
  /** What is measured, for those who do not see the bar. */
  readonly label: string;
  /** Of the limit; above 1 the bar is full. */
  readonly ratio: number | null;
  readonly level: Level;
  /** The number beside the bar. */
  readonly reading: string;
  readonly variant?: 'charge';
}

/** A bar against its limit, with the number beside it. */
export const Meter = ({ label, ratio, level, reading, variant }: MeterProps) => {
  const share = Math.max(0, Math.min(1, ratio ?? 0)) * 100;
  return (
    <span className={variant ? `meter ${variant}` : 'meter'} data-level={level}>
      <span
        className="track"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share)}
        aria-valuetext={reading}
      >
        <span className="fill" style={{ display: 'block', width: `${share}%` }} />
      </span>
      <span className="reading">{reading}</span>
    </span>
  );
};
