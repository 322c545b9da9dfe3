import { DAYS, randomOf, STEP_MIN, STEPS, STEPS_A_DAY } from './days.mjs';

/** Temperature of a cluster at each step, degrees C: warmest at half past two, and each day's mean near the one before it. */
export const temperatures = (figures, cluster) => {
  const random = randomOf(figures.get('seed'), `${cluster} temperature`);
  const [mean, swing] = [figures.get(`${cluster}.temperature`), figures.get(`${cluster}.swing`)];
  let offset = 0;
  const offsets = Array.from({ length: DAYS }, () => {
    offset = 0.6 * offset + 0.8 * figures.get('weather.day_to_day') * (random() + random() + random() - 1.5) * 2;
    return offset;
  });
  return Array.from({ length: STEPS }, (_, step) => {
    const hour = ((step % STEPS_A_DAY) * STEP_MIN) / 60;
    const day = Math.floor(step / STEPS_A_DAY);
    return mean + offsets[day] + (swing / 2) * Math.cos(((hour - 14.5) / 24) * 2 * Math.PI);
  });
};

const RAD = Math.PI / 180;
/** Sun time behind the clock's in mid-February: the equation of time, h. */
const EQUATION_OF_TIME = 14 / 60;
/** Day of the year of 4 February. */
const FIRST_DAY_OF_YEAR = 35;

/** Sine of the sun's height at each step, 0 at night, for a position in degrees and Central European Time. */
export const sunHeights = ([lat, lon]) =>
  Array.from({ length: STEPS }, (_, step) => {
    const day = FIRST_DAY_OF_YEAR + Math.floor(step / STEPS_A_DAY);
    const declination = -23.44 * RAD * Math.cos(((day + 10) / 365) * 2 * Math.PI);
    const sunHour = ((step % STEPS_A_DAY) * STEP_MIN) / 60 - 1 + lon / 15 - EQUATION_OF_TIME;
    const angle = (sunHour - 12) * 15 * RAD;
    return Math.max(
      0,
      Math.sin(lat * RAD) * Math.sin(declination) + Math.cos(lat * RAD) * Math.cos(declination) * Math.cos(angle),
    );
  });

/** Output of a roof at each step, kW per kW: the sun's height, less by air mass near the horizon, under each day's sky. */
export const sunOutput = (figures, cluster, position) => {
  const random = randomOf(figures.get('seed'), `${cluster} sky`);
  const skies = Array.from({ length: DAYS }, () => {
    const [kind, share] = [random(), random()];
    const dull = figures.get('sun.under_cloud');
    return kind < figures.get(`${cluster}.overcast`) ? dull * (0.6 + 0.8 * share) : 0.8 + 0.2 * share;
  });
  return sunHeights(position).map(
    (height, step) => figures.get('sun.performance') * height ** 1.15 * skies[Math.floor(step / STEPS_A_DAY)],
  );
};
