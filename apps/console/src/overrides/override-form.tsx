import { type SubmitEvent, useState } from 'react';
import { epochMs } from '#libs/kernel';
import { post } from '../api/request.js';
import type { Overview } from '../api/wire.js';
import { ConfirmDialog } from '../controls/confirm-dialog.js';
import { Field } from '../controls/field.js';
import type { Act } from '../controls/use-actions.js';
import { formatMoment } from '../format/civil-time.js';
import { DepartureFields } from './departure-fields.js';
import { type Draft, emptyDraft, type OverrideRequest, readDraft } from './draft.js';
import { OutageFields } from './outage-fields.js';
import { describeOverride } from './override-text.js';
import { SetpointFields } from './setpoint-fields.js';
import { SwitchFields } from './switch-fields.js';
import { RoadFields, VehicleFields } from './vehicle-fields.js';

const KINDS = [
  ['setpoint', 'Setpoint'],
  ['switch', 'Transfer switch'],
  ['outage', 'No power'],
  ['departure', 'Departure'],
  ['vehicle', 'Vehicle out'],
  ['road', 'Road closed'],
] as const;

interface OverrideFormProps {
  readonly overview: Overview;
  readonly now: number;
  readonly act: Act;
  readonly busy: boolean;
}

/** A person's word over the plan, until an end. */
export const OverrideForm = ({ overview, now, act, busy }: OverrideFormProps) => {
  const [draft, setDraft] = useState(emptyDraft);
  const [request, setRequest] = useState<OverrideRequest>();
  const change = (part: Partial<Draft>) => setDraft((last) => ({ ...last, ...part }));
  const zone = overview.event.time_zone;
  const fields = { draft, change, zone, now };
  const hasSwitches = overview.venues.some(({ switches }) => switches.length > 0);
  const filled = readDraft(draft, zone, epochMs(now));

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!busy) setRequest(filled);
  };

  const apply = (confirmed: OverrideRequest) => {
    setRequest(undefined);
    act('The override is set.', async () => {
      await post('/overrides', confirmed);
      // What was typed meanwhile stays.
      setDraft((last) => (last === draft ? { ...emptyDraft, kind: last.kind } : last));
    });
  };

  return (
    <>
      <form className="form" onSubmit={submit} aria-label="New override">
        <fieldset className="choice full">
          <legend className="visually-hidden">What to override</legend>
          {KINDS.filter(([kind]) => kind !== 'switch' || hasSwitches).map(([kind, title]) => (
            <label key={kind}>
              <input type="radio" name="kind" checked={draft.kind === kind} onChange={() => change({ kind })} />
              {title}
            </label>
          ))}
        </fieldset>
        {draft.kind === 'setpoint' && <SetpointFields {...fields} venues={overview.venues} />}
        {draft.kind === 'switch' && <SwitchFields {...fields} venues={overview.venues} feeders={overview.feeders} />}
        {draft.kind === 'outage' && <OutageFields {...fields} venues={overview.venues} feeders={overview.feeders} />}
        {draft.kind === 'departure' && <DepartureFields {...fields} lines={overview.lines} />}
        {draft.kind === 'vehicle' && <VehicleFields {...fields} />}
        {draft.kind === 'road' && <RoadFields {...fields} />}
        <Field label="Reason" full>
          <input
            required
            maxLength={500}
            value={draft.reason}
            onChange={(event) => change({ reason: event.target.value })}
          />
        </Field>
        <div className="buttons full">
          <button type="submit" className="primary" aria-disabled={busy}>
            Set override…
          </button>
        </div>
      </form>
      {request && (
        <ConfirmDialog
          title="Set the override"
          text={
            `${describeOverride(request, overview, now)}, until ${formatMoment(zone, request.until_ms, now)}. ` +
            `Reason: ${request.reason}`
          }
          confirm="Set override"
          onClose={() => setRequest(undefined)}
          onConfirm={() => apply(request)}
        />
      )}
    </>
  );
};
