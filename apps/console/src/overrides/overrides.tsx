import type { Overview } from '../api/wire.js';
import type { Act } from '../controls/use-actions.js';
import { OverrideForm } from './override-form.js';
import { OverrideList } from './override-list.js';

interface OverridesProps {
  readonly overview: Overview;
  readonly now: number;
  readonly act: Act;
  readonly busy: boolean;
}

export const Overrides = (props: OverridesProps) => (
  <section className="panel two-thirds overrides" tabIndex={-1} aria-labelledby="overrides">
    <header>
      <h2 id="overrides">Manual overrides</h2>
    </header>
    <OverrideList {...props} />
    <OverrideForm {...props} />
  </section>
);
