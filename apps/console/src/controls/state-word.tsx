import type { Level } from './level.js';

/** A state as a word with a mark of its own, coloured besides. */
export const StateWord = ({ level, children }: { readonly level: Level; readonly children: string }) => (
  <span className="state" data-level={level}>
    {children}
  </span>
);
