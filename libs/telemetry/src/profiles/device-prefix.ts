/** What stands before a channel: `<device>/` where one entry of devices.yaml reads many devices, else nothing. */
export type DevicePrefix = (topic: readonly string[], name: readonly number[]) => string;

/**
 * The rule of every profile that reads devices by topic: where the entry's filter has a wildcard in the device's name, the channel
 * starts with the name, from that level on, and `/`. `tele/+/SENSOR` gives `plug1/ENERGY.Power`, `tele/plug1/SENSOR` gives `ENERGY.Power`.
 * `name` holds the indexes of the topic's levels that make up the name, in ascending order.
 */
export const createDevicePrefix = (filter: string): DevicePrefix => {
  const levels = filter.split('/');
  const tail = levels.at(-1) === '#' ? levels.length - 1 : Infinity;
  const isOpen = (index: number) => levels[index] === '+' || index >= tail;
  return (topic, name) => {
    const first = name.findIndex(isOpen);
    return first === -1
      ? ''
      : name
          .slice(first)
          .map((index) => `${topic[index] ?? ''}/`)
          .join('');
  };
};

/** The indexes `[start, end)`. */
export const levelRange = (start: number, end: number): readonly number[] =>
  Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
