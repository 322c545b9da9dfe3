/** A unit of one quantity: how many of the quantity's smallest unit it holds, and what it shows where °C shows 0. */
interface Unit {
  readonly scale: number;
  readonly zero: number;
}

const unitOf = (scale: number, zero = 0): Unit => ({ scale, zero });

/**
 * Units of each quantity as devices and formats write them; case matters (mW, MW). Scales are whole numbers of the smallest unit, so that
 * most conversions are one exact factor. `Cel`, `/`, `%RH`, `%EL` are SenML (RFC 8428, 8798), `[degF]`, `W.h` UCUM, `Percent`, `Celsius` OCPP.
 */
const quantities: readonly (readonly (readonly [Unit, readonly string[]])[])[] = [
  [
    [unitOf(1), ['mW']],
    [unitOf(1e3), ['W', 'w', 'watt', 'Watt', 'watts', 'Watts']],
    [unitOf(1e6), ['kW', 'KW', 'kw']],
    [unitOf(1e9), ['MW']],
  ],
  [
    [unitOf(1), ['J', 'Ws', 'W.s']],
    [unitOf(1e3), ['kJ', 'kWs']],
    [unitOf(1e6), ['MJ']],
    [unitOf(1e9), ['GJ']],
    [unitOf(3600), ['Wh', 'W.h', 'wh', 'WH']],
    [unitOf(3.6e6), ['kWh', 'kW.h', 'KWh', 'kwh', 'KWH']],
    [unitOf(3.6e9), ['MWh', 'MW.h', 'MWH']],
    [unitOf(3.6e12), ['GWh']],
  ],
  [
    [unitOf(1), ['VA', 'va', 'V.A']],
    [unitOf(1e3), ['kVA', 'KVA', 'kva']],
    [unitOf(1e6), ['MVA']],
  ],
  [
    [unitOf(1), ['var', 'VAr', 'VAR', 'Var']],
    [unitOf(1e3), ['kvar', 'kVAr', 'kVAR', 'KVAR', 'kVar']],
    [unitOf(1e6), ['Mvar', 'MVAr', 'MVAR']],
  ],
  [
    [unitOf(1), ['mV']],
    [unitOf(1e3), ['V', 'v', 'volt', 'Volt', 'volts', 'Volts']],
    [unitOf(1e6), ['kV', 'KV']],
  ],
  [
    [unitOf(1), ['mA']],
    [unitOf(1e3), ['A', 'a', 'amp', 'Amp', 'amps', 'Amps', 'ampere', 'Ampere']],
    [unitOf(1e6), ['kA']],
  ],
  [
    [unitOf(1), ['mHz']],
    [unitOf(1e3), ['Hz', 'hz', 'HZ', 'hertz', 'Hertz']],
    [unitOf(1e6), ['kHz']],
  ],
  [
    [unitOf(1), ['%', '%RH', '%EL', 'percent', 'Percent', 'pct']],
    [unitOf(100), ['ratio', '/', '1']],
  ],
  [[unitOf(1), ['people', 'person', 'persons', 'count', 'counts', '1']]],
  [
    [unitOf(9), ['°C', 'Cel', 'C', 'degC', 'deg C', 'ºC', '\u2103', 'Celsius', 'celsius']],
    [unitOf(9, 273.15), ['K', 'kelvin', 'Kelvin']],
    [unitOf(5, 32), ['°F', 'F', 'degF', 'deg F', 'ºF', '\u2109', '[degF]', 'Far', 'Fahrenheit', 'fahrenheit']],
  ],
];

/** By name; `1` is a unit of two quantities. */
const named = quantities.map(
  (units) => new Map(units.flatMap(([unit, names]) => names.map((name) => [name, unit] as const))),
);

/** Turns a value of one unit into another. */
export type Conversion = (value: number) => number;

const conversionOf = (from: Unit, to: Unit): Conversion => {
  // Multiplied or divided by the whole number of the two, so that 558.965 W is 0.558965 kW.
  const factor = from.scale >= to.scale ? from.scale / to.scale : to.scale / from.scale;
  if (from.zero === to.zero) {
    if (factor === 1) return (value) => value;
    return from.scale >= to.scale ? (value) => value * factor : (value) => value / factor;
  }
  return from.scale >= to.scale
    ? (value) => (value - from.zero) * factor + to.zero
    : (value) => (value - from.zero) / factor + to.zero;
};

/** How values in `from` become values in `to`; undefined when a unit is not known or they are of different quantities. */
export const findConversion = (from: string, to: string): Conversion | undefined => {
  for (const units of named) {
    const target = units.get(to);
    const source = target && units.get(from);
    if (source) return conversionOf(source, target);
  }
  return undefined;
};

/** A value in `from`, in `to`; undefined when a unit is not known or they are of different quantities. For many values use findConversion. */
export const convert = (value: number, from: string, to: string): number | undefined =>
  findConversion(from, to)?.(value);
