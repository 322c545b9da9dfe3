const DAY = 24;
const WEEK = 168;
/** Hours ahead that have coefficients of their own; later ones are the mean of the week's same hours. */
const REACH = 24;
/** What the first guess of the coefficients weighs, in hours of data. */
const PRIOR = 20;
/** A miss is worth so much of itself an hour later, before anything was learnt. */
const MEMORY = 0.5;
/** Keeps the equations definite while all is zero. */
const TINY = 1e-9;

/**
 * Forecasts an hourly series by least squares on its own past, for each hour ahead by itself: the mean of the same hour of the last seven days, what that missed last, the last two values, the same
 * hour yesterday and last week. Learns from each value that it hears; knows nothing else.
 */
export class LagForecaster {
  readonly #values: number[] = [];
  #squares = 0;
  readonly #fits = Array.from({ length: REACH }, (_, at) => new Fit(firstGuess(at + 1)));

  /** The value of the next hour. */
  hear(value: number): void {
    const now = this.#values.push(value) - 1;
    for (const [at, fit] of this.#fits.entries()) {
      const from = now - at - 1;
      if (from >= WEEK) fit.learn(this.#features(from, at + 1), value);
    }
    this.#squares += value * value;
    if (now % DAY === 0) for (const fit of this.#fits) fit.settle((PRIOR * this.#squares) / (now + 1) + TINY);
  }

  /** The coming hours, none below zero. */
  forecast(hours: number): readonly number[] {
    const now = this.#values.length - 1;
    return Array.from({ length: hours }, (_, at) => {
      const fit = this.#fits[at];
      const mean = this.#usual(now, now + at + 1);
      return Math.max(0, fit ? fit.predict(this.#features(now, at + 1)) : mean);
    });
  }

  #features(now: number, ahead: number): readonly number[] {
    const usual = this.#usual(now, now + ahead);
    const missed = (this.#values[now] ?? 0) - this.#usual(now - 1, now);
    return [
      usual,
      missed,
      1,
      this.#values[now] ?? 0,
      this.#values[now - 1] ?? 0,
      this.#known(now, now + ahead, DAY) ?? usual,
      this.#known(now, now + ahead, WEEK) ?? usual,
    ];
  }

  /** The value whole periods before an hour, the latest that is known at `now`. */
  #known(now: number, hour: number, period: number): number | undefined {
    let at = hour;
    while (at > now) at -= period;
    return this.#values[at];
  }

  /** Mean of the same hour on the last seven days that are known at `now`; else the last value. */
  #usual(now: number, hour: number): number {
    let [sum, count] = [0, 0];
    for (let at = hour - DAY * Math.ceil((hour - now) / DAY); at >= 0 && count < 7; at -= DAY) {
      sum += this.#values[at] ?? 0;
      count += 1;
    }
    return count > 0 ? sum / count : (this.#values[now] ?? 0);
  }
}

const firstGuess = (ahead: number): readonly number[] => [1, MEMORY ** ahead, 0, 0, 0, 0, 0];

/** Least squares with a first guess: normal equations that grow with each pair heard. */
class Fit {
  readonly #guess: readonly number[];
  readonly #size: number;
  readonly #matrix: Float64Array;
  readonly #right: Float64Array;
  #coefficients: Float64Array;

  constructor(guess: readonly number[]) {
    this.#guess = guess;
    this.#size = guess.length;
    this.#matrix = new Float64Array(guess.length ** 2);
    this.#right = new Float64Array(guess.length);
    this.#coefficients = Float64Array.from(guess);
  }

  learn(features: readonly number[], value: number): void {
    for (let row = 0; row < this.#size; row += 1) {
      const factor = features[row] ?? 0;
      this.#right[row] = (this.#right[row] ?? 0) + factor * value;
      for (let at = 0; at < this.#size; at += 1) {
        const place = row * this.#size + at;
        this.#matrix[place] = (this.#matrix[place] ?? 0) + factor * (features[at] ?? 0);
      }
    }
  }

  /** Solves for the coefficients: Cholesky, the matrix is positive definite by the first guess. */
  settle(weight: number): void {
    const size = this.#size;
    const lower = new Float64Array(size * size);
    const found = this.#right.map((value, at) => value + weight * (this.#guess[at] ?? 0));
    const get = (row: number, at: number): number => lower[row * size + at] ?? 0;
    for (let row = 0; row < size; row += 1) {
      for (let at = 0; at <= row; at += 1) {
        let rest = (this.#matrix[row * size + at] ?? 0) + (row === at ? weight : 0);
        for (let k = 0; k < at; k += 1) rest -= get(row, k) * get(at, k);
        lower[row * size + at] = row === at ? Math.sqrt(rest) : rest / get(at, at);
      }
      for (let k = 0; k < row; k += 1) found[row] = (found[row] ?? 0) - get(row, k) * (found[k] ?? 0);
      found[row] = (found[row] ?? 0) / get(row, row);
    }
    for (let row = size - 1; row >= 0; row -= 1) {
      for (let k = row + 1; k < size; k += 1) found[row] = (found[row] ?? 0) - get(k, row) * (found[k] ?? 0);
      found[row] = (found[row] ?? 0) / get(row, row);
    }
    this.#coefficients = found;
  }

  predict(features: readonly number[]): number {
    return features.reduce((sum, feature, at) => sum + feature * (this.#coefficients[at] ?? 0), 0);
  }
}
