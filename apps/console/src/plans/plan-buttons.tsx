import { useState } from 'react';
import { post, remove } from '../api/request.js';
import type { PlanGlance, PlanKind } from '../api/wire.js';
import type { Act } from '../controls/use-actions.js';
import { formatMoment } from '../format/civil-time.js';
import { ConfirmDialog } from '../controls/confirm-dialog.js';
import { ReasonDialog } from '../controls/reason-dialog.js';
import { RollbackDialog } from './rollback-dialog.js';

interface PlanButtonsProps {
  readonly kind: PlanKind;
  readonly plan: PlanGlance;
  /** The proposal that a person decides on. */
  readonly waiting: PlanGlance['proposed'];
  readonly zone: string;
  readonly now: number;
  readonly act: Act;
  readonly busy: boolean;
}

type Question = 'approve' | 'reject' | 'rollback' | 'resume';

/** Approve or reject what is proposed, roll back to an earlier plan, or let plans through again after a roll-back. */
export const PlanButtons = ({ kind, plan, waiting, zone, now, act, busy }: PlanButtonsProps) => {
  const [question, setQuestion] = useState<Question>();
  /** The proposal that the question is about: a newer one may come while a person thinks. */
  const [asked, setAsked] = useState(waiting);
  const close = () => setQuestion(undefined);
  const ask = (next: Question) => {
    setAsked(waiting);
    setQuestion(next);
  };
  const run: Act = (done, work) => {
    close();
    act(done, work);
  };

  return (
    <>
      {waiting && (
        <p>
          No. {waiting.seq}, made {formatMoment(zone, waiting.created_ms, now)}, waits for approval.
        </p>
      )}
      <div className="buttons">
        {waiting && (
          <>
            <button type="button" className="primary" disabled={busy} onClick={() => ask('approve')}>
              Approve…
            </button>
            <button type="button" disabled={busy} onClick={() => ask('reject')}>
              Reject…
            </button>
          </>
        )}
        <button type="button" disabled={busy} onClick={() => ask('rollback')}>
          Roll back…
        </button>
        {plan.hold && (
          <button type="button" disabled={busy} onClick={() => ask('resume')}>
            End the hold…
          </button>
        )}
      </div>
      {question === 'approve' && asked && (
        <ConfirmDialog
          text={`Plan no. ${asked.seq} takes over from no. ${plan.seq} at once.`}
          title={`Approve the ${kind} plan`}
          confirm="Approve"
          onClose={close}
          onConfirm={() => run(`Plan no. ${asked.seq} is approved.`, () => post(`/plans/${asked.id}/approve`, {}))}
        />
      )}
      {question === 'reject' && asked && (
        <ReasonDialog
          title={`Reject ${kind} plan no. ${asked.seq}`}
          text={`Plan no. ${plan.seq} stays in force.`}
          confirm="Reject"
          onClose={close}
          onConfirm={(reason) =>
            run(`Plan no. ${asked.seq} is rejected.`, () => post(`/plans/${asked.id}/reject`, { reason }))
          }
        />
      )}
      {question === 'rollback' && (
        <RollbackDialog
          kind={kind}
          zone={zone}
          now={now}
          onClose={close}
          onConfirm={(target, reason) =>
            run(`Rolled back to plan no. ${target.seq}.`, () => post(`/plans/${target.id}/rollback`, { reason }))
          }
        />
      )}
      {question === 'resume' && (
        <ConfirmDialog
          title={`End the hold on ${kind} plans`}
          text="The next plan is handled by the usual policy again."
          confirm="End the hold"
          onClose={close}
          onConfirm={() => run('The hold is ended.', () => remove(`/holds/${kind}`))}
        />
      )}
    </>
  );
};
