import { useState } from 'react';
import { post, remove } from '../api/request.js';
import type { PlanGlance, PlanKind, Proposal } from '../api/wire.js';
import type { Act } from '../controls/use-actions.js';
import { ActionButton } from '../controls/action-button.js';
import { ConfirmDialog } from '../controls/confirm-dialog.js';
import { ReasonDialog } from '../controls/reason-dialog.js';
import { RollbackDialog } from './rollback-dialog.js';

interface PlanButtonsProps {
  readonly kind: PlanKind;
  readonly plan: PlanGlance;
  /** Whether the plan is in force; without one there is nothing to take over from. */
  readonly inForce: boolean;
  /** The proposal that a person decides on. */
  readonly waiting: Proposal | null;
  readonly zone: string;
  readonly now: number;
  readonly act: Act;
  readonly busy: boolean;
}

/** What goes on while no plan is in force. */
const RESTS: Readonly<Record<PlanKind, string>> = {
  dispatch: 'buses go by the timetable',
  energy: 'batteries rest',
};

const brokenLimits = (count: number): string => (count === 0 ? '' : ` Limits that it cannot hold: ${count}.`);

type Question = 'approve' | 'reject' | 'rollback' | 'resume';

/** Approve or reject what is proposed, roll back to an earlier plan, or let plans through again after a roll-back. */
export const PlanButtons = ({ kind, plan, inForce, waiting, zone, now, act, busy }: PlanButtonsProps) => {
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
      <div className="buttons">
        {waiting && (
          <>
            <ActionButton primary busy={busy} onClick={() => ask('approve')}>
              Approve…
            </ActionButton>
            <ActionButton busy={busy} onClick={() => ask('reject')}>
              Reject…
            </ActionButton>
          </>
        )}
        <ActionButton busy={busy} onClick={() => ask('rollback')}>
          Roll back…
        </ActionButton>
        {plan.hold && (
          <ActionButton busy={busy} onClick={() => ask('resume')}>
            End the hold…
          </ActionButton>
        )}
      </div>
      {question === 'approve' && asked && (
        <ConfirmDialog
          text={
            (inForce
              ? `Plan no. ${asked.seq} takes over from no. ${plan.seq} at once.`
              : `Plan no. ${asked.seq} comes into force at once.`) + brokenLimits(asked.violations)
          }
          title={`Approve ${kind} plan no. ${asked.seq}`}
          confirm="Approve"
          onClose={close}
          onConfirm={() => run(`Plan no. ${asked.seq} is approved.`, () => post(`/plans/${asked.id}/approve`, {}))}
        />
      )}
      {question === 'reject' && asked && (
        <ReasonDialog
          title={`Reject ${kind} plan no. ${asked.seq}`}
          text={
            inForce
              ? `Plan no. ${plan.seq} stays in force, and another one is made.`
              : `No plan is in force: ${RESTS[kind]}. Another one is made.`
          }
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
