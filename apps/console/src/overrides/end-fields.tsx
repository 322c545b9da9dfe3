import type { Feeder, Venue } from '../api/wire.js';
import { Field } from '../controls/field.js';
import { formatTime } from '../format/civil-time.js';
import type { Draft } from './draft.js';

const DURATIONS = [15, 30, 60, 120, 240, 480];

const inWords = (minutes: number): string => (minutes < 60 ? `${minutes} min` : `${minutes / 60} h`);

/** What all parts of the override form are given. */
export interface EndFieldsProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly zone: string;
  readonly now: number;
}

/** And those about power. */
export interface PowerFieldsProps extends EndFieldsProps {
  readonly venues: readonly Venue[];
  readonly feeders: readonly Feeder[];
}

/** Until when an override holds. */
export const EndFields = ({ draft, change, zone, now }: EndFieldsProps) => (
  <>
    <Field label="Until">
      <select value={draft.end} onChange={(event) => change({ end: event.target.value })}>
        {DURATIONS.map((minutes) => (
          <option key={minutes} value={minutes}>
            in {inWords(minutes)} ({formatTime(zone, now + minutes * 60_000)})
          </option>
        ))}
        <option value="time">at a time…</option>
      </select>
    </Field>
    {draft.end === 'time' && (
      <Field label={`End time (${zone})`}>
        <input
          type="time"
          required
          value={draft.endTime}
          onChange={(event) => change({ endTime: event.target.value })}
        />
      </Field>
    )}
  </>
);
