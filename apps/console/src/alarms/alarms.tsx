import { post } from '../api/request.js';
import type { Alarm, Overview } from '../api/wire.js';
import { ActionButton } from '../controls/action-button.js';
import type { Level } from '../controls/level.js';
import { StateWord } from '../controls/state-word.js';
import type { Act } from '../controls/use-actions.js';
import { formatMoment } from '../format/civil-time.js';

const LEVELS: Readonly<Record<Alarm['priority'], Level>> = {
  critical: 'bad',
  high: 'bad',
  medium: 'warn',
  low: 'none',
};

interface AlarmsProps {
  readonly overview: Overview;
  readonly now: number;
  readonly act: Act;
  readonly busy: boolean;
}

/** What stands now, most urgent first, as the platform sends it. */
export const Alarms = ({ overview, now, act, busy }: AlarmsProps) => {
  const { alarms, event } = overview;
  const open = alarms.filter((alarm) => alarm.acknowledged === null).length;
  return (
    <section className="panel third" tabIndex={-1} aria-labelledby="alarms">
      <header>
        <h2 id="alarms">Alarms</h2>
        <span className="aside muted">
          {alarms.length} standing, {open} not acknowledged
        </span>
      </header>
      {alarms.length === 0 && <p className="muted">Nothing to report.</p>}
      <ul className="rows scrolling">
        {alarms.map((alarm) => (
          <li key={alarm.id}>
            <div className="grow">
              <p>
                <StateWord level={LEVELS[alarm.priority]}>{alarm.priority}</StateWord> {alarm.text}
              </p>
              <p className="muted">
                {alarm.advice} Since {formatMoment(event.time_zone, alarm.since_ms, now)}.
                {alarm.acknowledged && ` Acknowledged by ${alarm.acknowledged.by}.`}
              </p>
            </div>
            {!alarm.acknowledged && (
              <ActionButton
                busy={busy}
                label={`Acknowledge: ${alarm.text}`}
                onClick={() =>
                  act('The alarm is acknowledged.', () =>
                    post(`/alarms/${encodeURIComponent(alarm.id)}/acknowledge`, {}),
                  )
                }
              >
                Acknowledge
              </ActionButton>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};
