import { useCallback, useEffect, useState } from 'react';

/** What became of the last action. */
export interface Outcome {
  readonly ok: boolean;
  readonly text: string;
}

/** Runs `work`; `done` is what to say when it succeeded. */
export type Act = (done: string, work: () => Promise<unknown>) => void;

const GOOD_NEWS_MS = 6_000;

/** One action at a time, and its result or error as a sentence. An error stays until it is dismissed. */
export const useActions = () => {
  const [outcome, setOutcome] = useState<Outcome>();
  const [busy, setBusy] = useState(false);
  const dismiss = useCallback(() => setOutcome(undefined), []);

  const act = useCallback<Act>((done, work) => {
    setBusy(true);
    setOutcome(undefined);
    work().then(
      () => {
        setOutcome({ ok: true, text: done });
        setBusy(false);
      },
      (error: unknown) => {
        setOutcome({ ok: false, text: error instanceof Error ? error.message : String(error) });
        setBusy(false);
      },
    );
  }, []);

  useEffect(() => {
    if (!outcome?.ok) return undefined;
    const timer = setTimeout(dismiss, GOOD_NEWS_MS);
    return () => clearTimeout(timer);
  }, [outcome, dismiss]);

  return { act, busy, outcome, dismiss };
};
