/** The recordings' three weeks: Wednesday, 4 February 2026, to Tuesday, 24 February. */
export const FIRST_DAY = 4;
export const DAYS = 21;
/** The day of the closing ceremony. */
export const LAST_GAMES_DAY = 22;
export const STEP_MIN = 15;
export const STEPS_A_DAY = (24 * 60) / STEP_MIN;
export const STEPS = DAYS * STEPS_A_DAY;

/** Minutes from the recordings' start to a time of a day of February. */
export const minuteOf = (day, clock) => {
  const [hours, minutes] = clock.split(':').map(Number);
  return ((day - FIRST_DAY) * 24 + hours) * 60 + minutes;
};

/** `2026-02-06T20:00` of a minute from the recordings' start. */
export const civilOf = (minute) => new Date(Date.UTC(2026, 1, FIRST_DAY) + minute * 60_000).toISOString().slice(0, 16);

/** `20260206` of a day counted from the first. */
export const dateOf = (index) =>
  civilOf(index * 24 * 60)
    .slice(0, 10)
    .replaceAll('-', '');

export const isWeekend = (index) => [0, 6].includes(new Date(Date.UTC(2026, 1, FIRST_DAY + index)).getUTCDay());

/** A generator of numbers in [0, 1) that a seed and a name fix: the hash of the name moves on by Weyl's sequence and is mixed (splitmix32). */
export const randomOf = (seed, name) => {
  let state = seed >>> 0;
  for (const letter of name) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
};
