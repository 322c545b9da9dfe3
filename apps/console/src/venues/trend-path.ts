/** A value at an instant; power through the grid connection, kW. */
export interface Sample {
  readonly ts: number;
  readonly value: number;
}

export interface Frame {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
  readonly width: number;
  readonly height: number;
}

/** Distance of an instant from the left of the drawing. */
export const x = (frame: Frame, ts: number): number => ((ts - frame.from) / (frame.to - frame.from)) * frame.width;

/** Height of a value on the drawing, from the top. */
export const y = (frame: Frame, value: number): number =>
  frame.height - ((value - frame.low) / (frame.high - frame.low)) * frame.height;

/** A frame from zero (or the lowest export) up to what is the most: limit or value. */
export const frameOf = (samples: readonly Sample[], limit: number, size: Omit<Frame, 'low' | 'high'>): Frame => ({
  ...size,
  low: Math.min(0, ...samples.map(({ value }) => value)),
  high: Math.max(limit, ...samples.map(({ value }) => value)) * 1.05,
});

/** An SVG path through the samples in time order; further apart than `gapMs`, the line breaks. */
export const pathThrough = (samples: readonly Sample[], frame: Frame, gapMs: number): string => {
  let previous: number | undefined;
  return samples
    .map(({ ts, value }) => {
      const command = previous === undefined || ts - previous > gapMs ? 'M' : 'L';
      previous = ts;
      return `${command}${x(frame, ts).toFixed(1)} ${y(frame, value).toFixed(1)}`;
    })
    .join('');
};
