const WORDS: ReadonlyMap<string, string> = new Map([
  ['reported', 'the device says so'],
  ['out_of_range', 'outside its range'],
  ['rate', 'changed faster than possible'],
  ['stuck', 'has not changed for too long'],
  ['clock', 'the clock of its sender is wrong'],
]);

/** Why a value is not good: `outside its range; the clock of its sender is wrong`. */
export const qualityWords = (reasons: readonly string[]): string =>
  reasons.map((reason) => WORDS.get(reason) ?? reason.replaceAll('_', ' ')).join('; ');
