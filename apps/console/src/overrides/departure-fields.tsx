import type { Line } from '../api/wire.js';
import { Field } from '../controls/field.js';
import { formatTime } from '../format/civil-time.js';
import type { Draft } from './draft.js';

interface DepartureFieldsProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly lines: readonly Line[];
  readonly zone: string;
  readonly now: number;
}

const promptOf = (count: number, gone: string | undefined, zone: string): string => {
  if (gone !== undefined) return `${formatTime(zone, Number(gone))} is no longer planned`;
  return count === 0 ? 'None planned' : 'Choose…';
};

/** Which departure of which line is added or cancelled. */
export const DepartureFields = ({ draft, change, lines, zone, now }: DepartureFieldsProps) => {
  const departures = (lines.find(({ id }) => id === draft.line)?.next_departures ?? []).filter(
    ({ departs_ms: departs }) => departs > now,
  );
  /** A new plan may have moved it, or it has left: then it is to be chosen anew. */
  const gone =
    draft.cancelDeparture !== '' &&
    !departures.some(({ departs_ms: departs }) => String(departs) === draft.cancelDeparture);
  return (
    <>
      <Field label="Line">
        <select
          required
          value={draft.line}
          onChange={(event) => change({ line: event.target.value, cancelDeparture: '' })}
        >
          <option value="">Choose…</option>
          {lines.map((line) => (
            <option key={line.id} value={line.id}>
              {line.name}
            </option>
          ))}
        </select>
      </Field>
      <Field label="What">
        <select
          value={draft.action}
          onChange={(event) => change({ action: event.target.value === 'cancel' ? 'cancel' : 'add' })}
        >
          <option value="add">Add a departure</option>
          <option value="cancel">Cancel a departure</option>
        </select>
      </Field>
      {draft.action === 'add' ? (
        <Field label={`Departs (${zone})`}>
          <input
            type="time"
            required
            value={draft.addTime}
            onChange={(event) => change({ addTime: event.target.value })}
          />
        </Field>
      ) : (
        <Field label={`Departure (${zone})`}>
          <select
            required
            value={gone ? '' : draft.cancelDeparture}
            onChange={(event) => change({ cancelDeparture: event.target.value })}
          >
            <option value="">{promptOf(departures.length, gone ? draft.cancelDeparture : undefined, zone)}</option>
            {departures.map(({ departs_ms: departs, source }) => (
              <option key={`${departs} ${source}`} value={departs}>
                {formatTime(zone, departs)}
              </option>
            ))}
          </select>
        </Field>
      )}
    </>
  );
};
