import { useState } from 'react';
import { remove } from '../api/request.js';
import type { Override, Overview } from '../api/wire.js';
import { ActionButton } from '../controls/action-button.js';
import { ConfirmDialog } from '../controls/confirm-dialog.js';
import type { Act } from '../controls/use-actions.js';
import { formatMoment } from '../format/civil-time.js';
import { StateWord } from '../controls/state-word.js';
import { departureFate, describeOverride } from './override-text.js';

interface OverrideListProps {
  readonly overview: Overview;
  readonly now: number;
  readonly act: Act;
  readonly busy: boolean;
}

/** Which vehicle makes an added departure, or why none can. */
const Fate = ({ override, overview }: { readonly override: Override; readonly overview: Overview }) => {
  const fate = departureFate(override, overview.lines);
  if (!fate) return null;
  return (
    <p>
      <StateWord level={fate.level}>{fate.text}</StateWord>
    </p>
  );
};

/** The overrides that run or will, each with a way to end it. */
export const OverrideList = ({ overview, now, act, busy }: OverrideListProps) => {
  const [ending, setEnding] = useState<Override>();
  const zone = overview.event.time_zone;
  const running = overview.overrides.filter((override) => override.until_ms > now);
  return (
    <>
      {running.length === 0 && <p className="muted">No override runs: the plans decide.</p>}
      <ul className="rows scrolling" data-testid="overrides">
        {running.map((override) => (
          <li key={override.id}>
            <div className="grow">
              <p>
                {describeOverride(override, overview, now)}
                {override.from_ms > now && `, from ${formatMoment(zone, override.from_ms, now)}`}, until{' '}
                {formatMoment(zone, override.until_ms, now)}
              </p>
              <Fate override={override} overview={overview} />
              <p className="muted">
                {override.by}: {override.reason}
              </p>
            </div>
            <ActionButton
              busy={busy}
              label={`End: ${describeOverride(override, overview, now)}`}
              onClick={() => setEnding(override)}
            >
              End…
            </ActionButton>
          </li>
        ))}
      </ul>
      {ending && (
        <ConfirmDialog
          title="End the override"
          text={`${describeOverride(ending, overview, now)}. The plan decides again at once.`}
          confirm="End override"
          onClose={() => setEnding(undefined)}
          onConfirm={() => {
            setEnding(undefined);
            act('The override is ended.', () => remove(`/overrides/${encodeURIComponent(ending.id)}`));
          }}
        />
      )}
    </>
  );
};
