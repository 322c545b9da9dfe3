import type { Feeder } from '../api/wire.js';
import { loadingLevel } from '../controls/level.js';
import { Meter } from '../controls/meter.js';
import { StateWord } from '../controls/state-word.js';
import { formatPower, formatShare } from '../format/quantity.js';

const WORDS = { good: 'within limit', warn: 'no reserve', bad: 'over limit', none: 'not measured' } as const;

/** The shared feeders against their limits. */
export const Feeders = ({ feeders }: { readonly feeders: readonly Feeder[] }) => (
  <section className="panel third" aria-labelledby="feeders">
    <header>
      <h2 id="feeders">Feeders</h2>
    </header>
    <ul className="rows">
      {feeders.map((feeder) => {
        const level = loadingLevel(feeder.loading_ratio);
        return (
          <li key={feeder.id}>
            <span className="grow">
              {feeder.name}{' '}
              <StateWord level={level}>{`${formatShare(feeder.loading_ratio)}, ${WORDS[level]}`}</StateWord>
            </span>
            <span className="grow">
              <Meter
                label={`Load of ${feeder.name} against its limit`}
                ratio={feeder.loading_ratio}
                level={level}
                reading={`${formatPower(feeder.load_kw)} of ${formatPower(feeder.limit_kw)} kW`}
              />
            </span>
          </li>
        );
      })}
    </ul>
  </section>
);
