import type { PlanGlance, Proposal } from '../api/wire.js';
import { StateWord } from '../controls/state-word.js';
import { formatMoment } from '../format/civil-time.js';
import { formatDuration, formatMoney } from '../format/quantity.js';

interface ProposalNoticeProps {
  readonly proposal: Proposal;
  /** Undefined while no plan is in force. */
  readonly inForce: PlanGlance | undefined;
  /** What the cost is held against. */
  readonly without: string;
  readonly zone: string;
  readonly now: number;
}

const brokenLimits = (count: number): string => (count === 1 ? 'breaks 1 limit' : `breaks ${count} limits`);

/** A plan waits for a person: since when, and what it would bring. */
export const ProposalNotice = ({ proposal, inForce, without, zone, now }: ProposalNoticeProps) => (
  <div className="proposal">
    <p role="status">
      <StateWord level="warn">{`No. ${proposal.seq} waits for approval`}</StateWord>
    </p>
    <p>
      Made {formatMoment(zone, proposal.created_ms, now)}, {formatDuration((now - proposal.created_ms) / 1000)} ago;
      costs {formatMoney(proposal.cost.total, proposal.cost.currency)}, with {without}{' '}
      {formatMoney(proposal.cost.without_plan, proposal.cost.currency)};{' '}
      <span className={proposal.violations > 0 ? 'problem' : undefined}>
        {proposal.violations > 0 ? brokenLimits(proposal.violations) : 'breaks no limit'}
      </span>
      .{!inForce && ' No plan is in force until then.'}
    </p>
  </div>
);
