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

/** Which departure of which line is added or cancelled. */
export const DepartureFields = ({ draft, change, lines, zone, now }: DepartureFieldsProps) => {
  const departures = lines.find(({ id }) => id === draft.line)?.next_departures ?? [];
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
        <Field label="Departure">
          <select
            required
            value={draft.cancelDeparture}
            onChange={(event) => change({ cancelDeparture: event.target.value })}
          >
            <option value="">{departures.length === 0 ? 'None planned' : 'Choose…'}</option>
            {departures
              .filter(({ departs_ms: departs }) => departs > now)
              .map(({ departs_ms: departs, source }) => (
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
