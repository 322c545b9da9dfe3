/** Age of a venue's newest reading from which the whole venue is unseen. One reading a point every event-minute is what gateways promise. */
export const READINGS_STALE_SECONDS = 600;
