/** Share of arrivals that are to lie within their bands. */
export const COVERED = 0.8;
/** How fast a scale follows what is observed. */
const STEP = 0.05;
const LIMITS = { least: 0.3, most: 5 };
/** Lead times, s, up to which predictions are judged together; those further ahead are the last group. */
const LEADS_S = [60, 120, 240, 480, 900] as const;

/** How much wider bands must be than the spread of leg times says, by lead time: adaptive conformal inference (Gibbs and Candes 2021) on the logarithm of the width. */
export class BandScale {
  private readonly scales: number[];

  constructor(document: readonly number[] = []) {
    this.scales = [...LEADS_S, Infinity].map((_, index) => clamp(document[index] ?? 1));
  }

  get document(): readonly number[] {
    return [...this.scales];
  }

  at(lead_s: number): number {
    return this.scales[leadGroup(lead_s)] ?? 1;
  }

  /** One arrival that was predicted so long before lay inside or outside of its band. */
  observe(lead_s: number, inside: boolean): void {
    const group = leadGroup(lead_s);
    const step = inside ? COVERED - 1 : COVERED;
    this.scales[group] = clamp((this.scales[group] ?? 1) * Math.exp(STEP * step));
  }
}

export const leadGroup = (lead_s: number): number => {
  const group = LEADS_S.findIndex((most) => lead_s <= most);
  return group < 0 ? LEADS_S.length : group;
};

const clamp = (scale: number): number => Math.min(LIMITS.most, Math.max(LIMITS.least, scale));
