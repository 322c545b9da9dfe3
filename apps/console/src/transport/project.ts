/** Pixels of a map. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface MapView {
  readonly width: number;
  readonly height: number;
  readonly place: (lat: number, lon: number) => Spot;
}

const MARGIN = 14;
/** A single stop still has streets around it, degrees of latitude. */
const LEAST_SPAN = 0.002;

/** A view of so many pixels' width that holds all places; north is up, and a metre is as long in both directions. Undefined without places. */
export const fitView = (
  places: readonly { readonly lat: number; readonly lon: number }[],
  width: number,
  tallest: number,
): MapView | undefined => {
  if (places.length === 0) return undefined;
  const lats = places.map(({ lat }) => lat);
  const lons = places.map(({ lon }) => lon);
  const [south, north, west, east] = [min(lats), max(lats), min(lons), max(lons)];
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const [spanX, spanY] = [Math.max(LEAST_SPAN, (east - west) * squeeze), Math.max(LEAST_SPAN, north - south)];
  const scale = Math.min((width - 2 * MARGIN) / spanX, (tallest - 2 * MARGIN) / spanY);
  const [middleLat, middleLon] = [(south + north) / 2, (west + east) / 2];
  const height = Math.round(spanY * scale + 2 * MARGIN);
  return {
    width,
    height,
    place: (lat, lon) => ({
      x: Math.round((width / 2 + (lon - middleLon) * squeeze * scale) * 10) / 10,
      y: Math.round((height / 2 - (lat - middleLat) * scale) * 10) / 10,
    }),
  };
};

const min = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const max = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
