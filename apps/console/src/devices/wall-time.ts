/** Swedish writes times as ISO 8601 does. */
const wallTime = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });

/** `2026-02-07 14:05:09` by this computer's clock and zone. */
export const formatWall = (instant: number): string => wallTime.format(instant);
