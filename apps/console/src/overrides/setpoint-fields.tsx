import type { Venue } from '../api/wire.js';
import { Field } from '../controls/field.js';
import type { Draft } from './draft.js';
import { EndFields } from './end-fields.js';

/** With a minus from the keyboard or a true one. */
const NUMBER = '\\s*[+\\-\u2212]?\\d+(\\.\\d+)?\\s*';

interface SetpointFieldsProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly venues: readonly Venue[];
  readonly zone: string;
  readonly now: number;
}

const hasAsset = (venue: Venue, asset: Draft['asset']): boolean =>
  (asset === 'battery' ? venue.battery_soc_ratio : venue.pv_kw) !== null;

/** Which battery or PV does what, and until when. */
export const SetpointFields = ({ draft, change, venues, zone, now }: SetpointFieldsProps) => (
  <>
    <Field label="Asset">
      <select
        value={draft.asset}
        onChange={(event) => change({ asset: event.target.value === 'pv' ? 'pv' : 'battery', venue: '', power: '' })}
      >
        <option value="battery">Battery</option>
        <option value="pv">PV</option>
      </select>
    </Field>
    <Field label="Venue">
      <select required value={draft.venue} onChange={(event) => change({ venue: event.target.value })}>
        <option value="">Choose…</option>
        {venues
          .filter((venue) => hasAsset(venue, draft.asset))
          .map((venue) => (
            <option key={venue.id} value={venue.id}>
              {venue.name}
            </option>
          ))}
      </select>
    </Field>
    <Field label={draft.asset === 'battery' ? 'Battery kW (− discharges)' : 'PV kW at most'}>
      <input
        required
        inputMode="text"
        pattern={NUMBER}
        title={draft.asset === 'battery' ? 'A number of kW, negative to discharge' : 'A number of kW, 0 or more'}
        autoComplete="off"
        value={draft.power}
        onChange={(event) => change({ power: event.target.value })}
      />
    </Field>
    <EndFields draft={draft} change={change} zone={zone} now={now} />
  </>
);
