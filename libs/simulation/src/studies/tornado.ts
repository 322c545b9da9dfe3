/** A kind of assumed figures of a pack, all of them lower and all of them higher, and what a difference of two policies then comes to. */
export interface TornadoBar {
  /** What the figures have in common: the last part of their names. */
  readonly figures: string;
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

export interface Tornado {
  readonly indicator: string;
  readonly policy: string;
  readonly baseline: string;
  /** With the figures as they are. */
  readonly difference: number;
  /** What moves the difference most first. */
  readonly bars: readonly TornadoBar[];
  /** Figures with which the other policy would be the better one. */
  readonly reversing: readonly string[];
}

/** What figures are multiplied with. */
export const TORNADO_SCALES = { low: 0.8, high: 1.2 } as const;

export const sortTornado = (study: Omit<Tornado, 'reversing'>): Tornado => {
  const swing = ({ low, high }: TornadoBar): number =>
    Math.max(low, high, study.difference) - Math.min(low, high, study.difference);
  const turns = (value: number): boolean => value * study.difference < 0;
  return {
    ...study,
    bars: study.bars.toSorted((a, b) => swing(b) - swing(a)),
    reversing: study.bars.filter(({ low, high }) => turns(low) || turns(high)).map(({ figures }) => figures),
  };
};
