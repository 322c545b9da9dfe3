import { useEffect } from 'react';
import type { Overview } from '../api/wire.js';
import type { Page } from '../pages/page.js';
import { plansWaiting } from '../plans/plan-standing.js';

const TITLES = { devices: 'Devices', energy: 'Energy', transport: 'Transport', 'what-if': 'What-if' } as const;

/** Says in the browser's tab, too, which page it is and that plans wait for a person. */
export const useTitle = (overview: Overview, page: Page): void => {
  const count = plansWaiting(overview).length;
  const name = page.name === 'operations' ? overview.event.name : `${TITLES[page.name]} · ${overview.event.name}`;
  useEffect(() => {
    document.title = `${count === 0 ? '' : `(${count}) `}${name} · Venueflow`;
  }, [count, name]);
};
