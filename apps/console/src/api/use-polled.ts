import { useEffect, useState } from 'react';
import { get } from './request.js';

/** A document that is asked for again and again. `problem`: why the newest answer is not there; the last one stays meanwhile. */
export interface Polled<T> {
  readonly value: T | undefined;
  readonly problem: string | undefined;
  /** How old the value was at the last asking that had no answer, wall time. */
  readonly ageMs: number;
}

/** Asks again `everyMs` after each answer; at once for another path, whose document then takes the place of the last. */
export const usePolled = <T>(path: string, everyMs: number): Polled<T> => {
  const [polled, setPolled] = useState<Polled<T>>({ value: undefined, problem: undefined, ageMs: 0 });

  useEffect(() => {
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let answeredMs = 0;
    const ask = async (): Promise<void> => {
      try {
        const value = await get<T>(path);
        answeredMs = Date.now();
        if (wanted) setPolled({ value, problem: undefined, ageMs: 0 });
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        if (wanted) setPolled((last) => ({ ...last, problem, ageMs: Date.now() - answeredMs }));
      }
      if (wanted) timer = setTimeout(() => void ask(), everyMs);
    };
    void ask();
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [path, everyMs]);

  return polled;
};
