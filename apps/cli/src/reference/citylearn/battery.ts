/** Points of a line. */
type Curve = readonly (readonly [at: number, value: number])[];

/** Efficiency of a round trip by share of the nominal power; one way it is the root. */
const EFFICIENCY_BY_POWER: Curve = [
  [0, 0.83],
  [0.3, 0.83],
  [0.7, 0.9],
  [0.8, 0.9],
  [1, 0.85],
];
/** Share of the nominal power that it takes or gives, by state of charge. */
export const POWER_BY_SOC: Curve = [
  [0, 1],
  [0.8, 1],
  [1, 0.2],
];

export interface BatterySize {
  readonly capacityKwh: number;
  readonly nominalKw: number;
  /** Of the nominal capacity, per full turn. */
  readonly fadeRatio: number;
}

/** A battery of CityLearn 2022 in hours: power by state of charge, losses by power, capacity that fades. Empty when made. */
export class Battery {
  readonly size: BatterySize;
  #capacityKwh: number;
  #heldKwh = 0;

  constructor(size: BatterySize) {
    this.size = size;
    this.#capacityKwh = size.capacityKwh;
  }

  get capacityKwh(): number {
    return this.#capacityKwh;
  }

  /** State of charge, 0 to 1. */
  get soc(): number {
    return Math.min(1, this.#heldKwh / this.#capacityKwh);
  }

  /** Takes `kw` for an hour, or gives it where negative, as far as it can. Returns what flowed on the side of the grid. */
  drive(kw: number): number {
    const most = this.size.nominalKw * interpolate(POWER_BY_SOC, this.soc);
    const wanted = Math.min(most, Math.max(-most, kw));
    const oneWay = Math.sqrt(interpolate(EFFICIENCY_BY_POWER, Math.abs(wanted) / this.size.nominalKw));
    const room = (this.#capacityKwh - this.#heldKwh) / oneWay;
    const flow = Math.min(Math.max(0, room), Math.max(-this.#heldKwh * oneWay, wanted));
    this.#heldKwh = Math.max(0, this.#heldKwh + (flow > 0 ? flow * oneWay : flow / oneWay));
    this.#capacityKwh -= (this.size.fadeRatio * this.size.capacityKwh * Math.abs(flow)) / (2 * this.#capacityKwh);
    return flow;
  }
}

/** One-way efficiency at a power. */
export const oneWayEfficiency = ({ nominalKw }: BatterySize, kw: number): number =>
  Math.sqrt(interpolate(EFFICIENCY_BY_POWER, Math.abs(kw) / nominalKw));

const interpolate = (curve: Curve, at: number): number => {
  const next = curve.findIndex(([x]) => x >= at);
  const [high, low] = [curve[next === -1 ? curve.length - 1 : next], curve[Math.max(0, next - 1)]];
  if (!high || !low || high === low || next === -1) return high?.[1] ?? 0;
  return low[1] + ((high[1] - low[1]) * (at - low[0])) / (high[0] - low[0]);
};
