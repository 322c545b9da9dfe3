import type { Polled } from '../api/use-polled.js';

/** What stands in a panel while its document is not there, or why it is not new. */
export const ProblemLine = ({ polled }: { readonly polled: Polled<unknown> }) => {
  if (polled.problem !== undefined)
    return (
      <p className="problem" role="status">
        {polled.value === undefined ? polled.problem : `Not new. ${polled.problem}`}
      </p>
    );
  return polled.value === undefined ? <p className="muted">Loading …</p> : null;
};
