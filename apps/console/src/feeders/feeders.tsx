import type { Feeder } from '../api/wire.js';
import { LOADING_WORDS, loadingLevel } from '../controls/level.js';
import { Meter } from '../controls/meter.js';
import { StateWord } from '../controls/state-word.js';
import { formatPower, formatShare } from '../format/quantity.js';

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
              <StateWord level={level}>{`${formatShare(feeder.loading_ratio)}, ${LOADING_WORDS[level]}`}</StateWord>
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
