/** When each of several equal machines is on, from how many are: who began first ends first, and who has rested longest begins. */
export const runsOf = (
  on: readonly number[],
  { count, wereOn }: { readonly count: number; readonly wereOn: boolean },
): readonly (readonly boolean[])[] => {
  const all = Array.from({ length: count }, (_, place) => place);
  const [running, resting] = [wereOn ? [...all] : [], wereOn ? [] : [...all]];
  const runs = all.map((): boolean[] => []);
  for (const wanted of on) {
    resting.push(...running.splice(0, Math.max(0, running.length - wanted)));
    running.push(...resting.splice(0, Math.max(0, wanted - running.length)));
    for (const [place, own] of runs.entries()) own.push(running.includes(place));
  }
  return runs;
};
