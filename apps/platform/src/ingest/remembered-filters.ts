import type { OperationsStore } from '#libs/store';

type States = Pick<OperationsStore, 'getState' | 'putState'>;

const nameOf = (share: number): string => `ingest_filters_${share}`;

/**
 * A durable session keeps its subscriptions, also those that a changed pack does not want any more: what was subscribed to is remembered, so that it
 * can be taken back. Returns the filters that are not wanted any more; `settle` forgets them once the broker has.
 */
export const rememberFilters = async (
  store: States,
  share: number,
  wanted: readonly string[],
): Promise<{ readonly former: readonly string[]; readonly settle: () => Promise<void> }> => {
  const saved = await store.getState(nameOf(share));
  const known = Array.isArray(saved) ? saved.filter((filter) => typeof filter === 'string') : [];
  const former = known.filter((filter) => !wanted.includes(filter));
  const settle = () => store.putState(nameOf(share), wanted);
  if (wanted.some((filter) => !known.includes(filter))) await store.putState(nameOf(share), [...wanted, ...former]);
  return { former, settle: former.length > 0 ? settle : () => Promise.resolve() };
};
