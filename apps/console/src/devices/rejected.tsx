import { usePolled } from '../api/use-polled.js';
import { StateWord } from '../controls/state-word.js';
import { formatCount } from '../format/quantity.js';
import { ProblemLine } from './problem-line.js';
import { rejectedAdvice } from './rejected-advice.js';
import { groupRejected, type RejectedGroup } from './rejected-groups.js';
import { formatWall } from './wall-time.js';
import { visibleText } from './visible-text.js';
import type { RejectedList, Rejection } from './wire.js';

const EVERY_MS = 5_000;
const PATH = '/rejected?limit=100';

const readingsWords = (count: number): string => `${formatCount(count)} ${count === 1 ? 'reading' : 'readings'}`;

const Example = ({ message }: { readonly message: Rejection }) => {
  const { at_ms: at, topic, reason, readings, payload } = message;
  return (
    <li>
      <div className="grow">
        <p>
          <span className="topic">{visibleText(topic)}</span> <span className="muted">{formatWall(at)}</span>
        </p>
        <p>
          {visibleText(reason)} <span className="muted">({readingsWords(readings)})</span>
        </p>
        <pre className="payload" tabIndex={0} aria-label={`What was sent on ${visibleText(topic)}`}>
          {payload.encoding === 'base64' && <span className="muted">no UTF-8, in base64: </span>}
          {payload.text === '' ? <span className="muted">nothing</span> : visibleText(payload.text)}
          {payload.truncated && <span className="muted"> … more</span>}
        </pre>
      </div>
    </li>
  );
};

const Group = ({ group }: { readonly group: RejectedGroup }) => {
  const { code, messages, readings, examples } = group;
  return (
    <article className="rejected" aria-label={code.replaceAll('_', ' ')}>
      <h3>
        <StateWord level={messages > 0 ? 'bad' : 'none'}>{code.replaceAll('_', ' ')}</StateWord>{' '}
        <span className="muted">
          {messages > 0
            ? `${formatCount(messages)} ${messages === 1 ? 'message' : 'messages'}, ${readingsWords(readings)} in the last hour`
            : 'none in the last hour'}
        </span>
      </h3>
      <p className="advice">{rejectedAdvice(code)}</p>
      <ul className="rows">
        {examples.map((message, index) => (
          <Example key={`${message.at_ms} ${message.topic} ${index}`} message={message} />
        ))}
      </ul>
    </article>
  );
};

/** What was not stored, by reason, with what to do about it. */
export const Rejected = () => {
  const polled = usePolled<RejectedList>(PATH, EVERY_MS);
  const groups = polled.value ? groupRejected(polled.value) : [];
  const lost = groups.reduce((sum, group) => sum + group.readings, 0);
  return (
    <section className="panel" aria-labelledby="rejected">
      <header>
        <h2 id="rejected">Rejected messages</h2>
        {polled.value && (
          <span className="aside muted">{readingsWords(lost)} lost in the last hour · in this computer’s time</span>
        )}
      </header>
      <ProblemLine polled={polled} />
      {polled.value && groups.length === 0 && <p className="muted">Nothing was rejected.</p>}
      {groups.map((group) => (
        <Group key={group.code} group={group} />
      ))}
    </section>
  );
};
