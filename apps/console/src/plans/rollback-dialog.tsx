import { useState } from 'react';
import { useResource } from '../api/use-resource.js';
import type { PlanKind, PlanListing } from '../api/wire.js';
import { Dialog } from '../controls/dialog.js';
import { Field } from '../controls/field.js';
import { formatMoment } from '../format/civil-time.js';

interface RollbackDialogProps {
  readonly kind: PlanKind;
  readonly zone: string;
  readonly now: number;
  readonly onConfirm: (target: PlanListing, reason: string) => void;
  readonly onClose: () => void;
}

const LISTED = 30;

/** Chooses the earlier plan that is to be active again, with a reason. */
export const RollbackDialog = ({ kind, zone, now, onConfirm, onClose }: RollbackDialogProps) => {
  const plans = useResource<{ readonly plans: readonly PlanListing[] }>(
    `/plans?kind=${kind}&was_active=true&limit=${LISTED}`,
  );
  const [target, setTarget] = useState<PlanListing>();
  const [reason, setReason] = useState('');
  const earlier =
    plans.state === 'ready'
      ? plans.value.plans.filter((plan) => plan.state !== 'active' && plan.valid_until_ms > now)
      : [];
  const given = reason.trim();
  return (
    <Dialog
      title={`Roll back the ${kind} plan`}
      confirm="Roll back"
      danger
      ready={target !== undefined && given !== ''}
      onConfirm={() => {
        if (target) onConfirm(target, given);
      }}
      onClose={onClose}
    >
      <p>The chosen plan becomes active again, as far as it reaches. New plans then wait for approval.</p>
      {plans.state === 'loading' && <p className="muted">Loading the last plans…</p>}
      {plans.state === 'failed' && <p className="problem">{plans.message}</p>}
      {plans.state === 'ready' && earlier.length === 0 && (
        <p className="muted">No earlier plan was in force that has anything left to say.</p>
      )}
      {earlier.length > 0 && (
        <fieldset className="choices">
          <legend className="visually-hidden">Earlier plans</legend>
          {earlier.map((plan) => (
            <label key={plan.id}>
              <input type="radio" name="plan" checked={target?.id === plan.id} onChange={() => setTarget(plan)} />
              <span>
                No. {plan.seq}, made {formatMoment(zone, plan.created_ms, now)}, {plan.state.replace('_', ' ')}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <Field label="Reason (kept with the plan)">
        <input required maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Dialog>
  );
};
