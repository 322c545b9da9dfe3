/** What of Student's distribution lies below `t`, by its series for whole degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4). */
const below = (t: number, degrees: number): number => {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = degrees % 2 === 1;
  let [term, sum] = [isOdd ? cos : 1, 0];
  for (let factor = isOdd ? 2 : 1; factor < degrees; factor += 2) {
    sum += term;
    term *= (factor / (factor + 1)) * cos * cos;
  }
  const inside = isOdd ? (2 / Math.PI) * (angle + sin * (degrees > 1 ? sum : 0)) : sin * sum;
  return 0.5 + inside / 2;
};

const BISECTIONS = 60;

/** The quantile of Student's distribution: `studentQuantile(0.975, 9)` is 2.262. `degrees`: at least 1. */
export const studentQuantile = (probability: number, degrees: number): number => {
  let [low, high] = [0, 1];
  while (below(high, degrees) < probability) high *= 2;
  for (let step = 0; step < BISECTIONS; step += 1) {
    const middle = (low + high) / 2;
    if (below(middle, degrees) < probability) low = middle;
    else high = middle;
  }
  return high;
};
