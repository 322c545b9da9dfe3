const EARTH_RADIUS_KM = 6371;

/** Great-circle distance of two positions in degrees, km. */
const straightKm = ([latA, lonA], [latB, lonB]) => {
  const rad = Math.PI / 180;
  const [dLat, dLon] = [(latB - latA) * rad, (lonB - lonA) * rad];
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(latA * rad) * Math.cos(latB * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(h));
};

/** Whole minutes from each stop of a line to the next, with the time at the stop. */
export const legMinutes = (figures, { from, to, road }) =>
  to.map((stop, index) => {
    const before = index === 0 ? from : to[index - 1];
    const km =
      straightKm(figures.get(`${before}.position`), figures.get(`${stop}.position`)) * figures.get(`${road}.detour`);
    return Math.ceil((km / figures.get(`${road}.speed`)) * 60 + figures.get('road.boarding'));
  });
