declare const unit: unique symbol;

/** A number that carries its unit in its type. Arithmetic gives a plain number, so a result is given its unit again on purpose. */
export type Quantity<U extends string> = number & { readonly [unit]: U };

/** Electric power, kW. */
export type Kilowatts = Quantity<'kW'>;
/** Energy, kWh. */
export type KilowattHours = Quantity<'kWh'>;
/** A duration in seconds. */
export type Seconds = Quantity<'s'>;
/** An instant: milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = Quantity<'epoch ms'>;
/** A distance in metres. */
export type Metres = Quantity<'m'>;
/** People who travel; fractional in forecasts. */
export type Passengers = Quantity<'passengers'>;

export const kilowatts = (value: number): Kilowatts => value as Kilowatts;
export const kilowattHours = (value: number): KilowattHours => value as KilowattHours;
export const seconds = (value: number): Seconds => value as Seconds;
export const epochMs = (value: number): EpochMs => value as EpochMs;
export const metres = (value: number): Metres => value as Metres;
export const passengers = (value: number): Passengers => value as Passengers;

/** The energy of a constant power over a duration. */
export const energyOf = (power: Kilowatts, duration: Seconds): KilowattHours =>
  kilowattHours((power * duration) / 3600);

/** The constant power that gives this energy over a duration. The duration is positive. */
export const powerOf = (energy: KilowattHours, duration: Seconds): Kilowatts => kilowatts((energy * 3600) / duration);
