import { useEffect } from 'react';
import type { Overview } from '../api/wire.js';
import { plansWaiting } from '../plans/plan-standing.js';

/** Says in the browser's tab, too, that plans wait for a person. */
export const useTitle = (overview: Overview): void => {
  const count = plansWaiting(overview).length;
  const { name } = overview.event;
  useEffect(() => {
    document.title = `${count === 0 ? '' : `(${count}) `}${name} · Venueflow`;
  }, [count, name]);
};
