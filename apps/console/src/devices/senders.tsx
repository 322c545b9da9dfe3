import { usePolled } from '../api/use-polled.js';
import type { Overview } from '../api/wire.js';
import type { Level } from '../controls/level.js';
import { StateWord } from '../controls/state-word.js';
import { formatCount, UNKNOWN } from '../format/quantity.js';
import { clockWords } from './clock-words.js';
import { formatWall } from './wall-time.js';
import { ProblemLine } from './problem-line.js';
import type { Sender, Senders as SendersDocument } from './wire.js';

const EVERY_MS = 5_000;
const LEVELS: Readonly<Record<Sender['state'], Level>> = { online: 'good', offline: 'bad', unknown: 'none' };
const WORDS: Readonly<Record<Sender['state'], string>> = {
  online: 'online',
  offline: 'offline',
  unknown: 'never heard',
};

interface RowProps {
  readonly sender: Sender;
  /** What stands under its id. */
  readonly detail: string;
  readonly buffered: number | null;
  readonly dropped: number | null;
  readonly speed: number;
}

const Row = ({ sender, detail, buffered, dropped, speed }: RowProps) => {
  const clock = sender.state === 'unknown' ? undefined : clockWords(sender.clock_skew_s, speed);
  return (
    <tr>
      <th scope="row">
        <span className="name">{sender.id}</span> <span className="muted detail">{detail}</span>
      </th>
      <td data-label="State">
        <StateWord level={LEVELS[sender.state]}>{WORDS[sender.state]}</StateWord>
      </td>
      <td className="number" data-label="Waiting in buffer">
        {formatCount(buffered)}
      </td>
      <td className="number" data-label="Given up">
        {dropped !== null && dropped > 0 ? (
          <StateWord level="bad">{formatCount(dropped)}</StateWord>
        ) : (
          formatCount(dropped)
        )}
      </td>
      <td data-label="Clock">{clock ? <StateWord level={clock.level}>{clock.text}</StateWord> : UNKNOWN}</td>
      <td className="wide" data-label="Last word">
        {sender.seen_ms === null ? UNKNOWN : formatWall(sender.seen_ms)}
      </td>
    </tr>
  );
};

interface SendersProps {
  readonly overview: Overview;
  readonly venueName: (id: string) => string;
}

/** Who sends readings: gateways, and the devices that the platform reads itself. */
export const Senders = ({ overview, venueName }: SendersProps) => {
  const polled = usePolled<SendersDocument>('/gateways', EVERY_MS);
  const { gateways, devices } = polled.value ?? { gateways: [], devices: [] };
  const { speed } = overview.clock;
  const online = gateways.filter(({ state }) => state === 'online').length;
  return (
    <section className="panel" aria-labelledby="gateways">
      <header>
        <h2 id="gateways">Gateways</h2>
        {polled.value && (
          <span className="aside muted">
            {online} of {gateways.length} online · last word in this computer’s time
          </span>
        )}
      </header>
      <ProblemLine polled={polled} />
      {polled.value && (
        <div className="long">
          <table className="stacking senders">
            <thead>
              <tr>
                <th scope="col">Gateway</th>
                <th scope="col">State</th>
                <th scope="col" className="number">
                  Waiting in buffer
                </th>
                <th scope="col" className="number">
                  Given up
                </th>
                <th scope="col">Clock</th>
                <th scope="col">Last word</th>
              </tr>
            </thead>
            <tbody>
              {gateways.map((gateway) => (
                <Row
                  key={`${gateway.venue}/${gateway.id}`}
                  sender={gateway}
                  detail={venueName(gateway.venue)}
                  buffered={gateway.buffered}
                  dropped={gateway.dropped}
                  speed={speed}
                />
              ))}
              {devices.map((device) => (
                <Row
                  key={`${device.venue}/${device.id}`}
                  sender={device}
                  detail={`${venueName(device.venue)} · device, ${device.profile}`}
                  buffered={null}
                  dropped={null}
                  speed={speed}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
};
