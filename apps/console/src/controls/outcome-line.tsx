import type { Outcome } from './use-actions.js';

/** Says what became of the last action, also to screen readers. */
export const OutcomeLine = ({ outcome, onDismiss }: { outcome: Outcome | undefined; onDismiss: () => void }) => (
  <div role="status" aria-live="polite">
    {outcome && (
      <div className="outcome" data-level={outcome.ok ? 'good' : 'bad'}>
        <span>{outcome.ok ? outcome.text : `Not done. ${outcome.text}`}</span>
        <button type="button" onClick={onDismiss}>
          Dismiss
        </button>
      </div>
    )}
  </div>
);
