import { formatSoon, formatTime } from '../format/civil-time.js';
import { formatCount, formatPower } from '../format/quantity.js';
import { assetName, type Names } from './names.js';
import type { AssetSteps, SitePlan, SwitchPlan } from './wire.js';

/** Less than this nobody would call charging, kW. */
const NOTHING_KW = 0.05;

interface Phase {
  readonly verb: string;
  /** Power is part of the phrase. */
  readonly told: boolean;
  low: number;
  high: number;
  until: number;
}

export interface NextWindow {
  readonly now: number;
  readonly until: number;
  readonly zone: string;
  readonly names: Names;
}

/** `Battery at Marshall charges 40 kW until 14:15, then rests until 16:00.` Undefined for an asset that does only what it would do by itself. */
export const nextWords = (
  asset: AssetSteps,
  isCurtailed: (at: number) => boolean,
  { now, until, zone, names }: NextWindow,
): string | undefined => {
  const phases: Phase[] = [];
  for (const { from_ms: from, until_ms: end, kw } of asset.steps) {
    if (end <= now || from >= until) continue;
    const [verb, told] = verbOf(asset.kind, kw, isCurtailed(Math.max(from, now)));
    const size = Math.abs(kw);
    const last = phases.at(-1);
    if (last?.verb === verb) {
      last.low = Math.min(last.low, size);
      last.high = Math.max(last.high, size);
      last.until = Math.min(until, end);
    } else phases.push({ verb, told, low: size, high: size, until: Math.min(until, end) });
  }
  const idle = IDLE[asset.kind];
  if (phases.every(({ verb }) => verb === idle)) return undefined;
  const words = phases.map(
    ({ verb, told, low, high, until: end }) =>
      `${verb}${told ? ` ${range(low, high)} kW` : ''} until ${formatTime(zone, end)}`,
  );
  return `${assetName(asset.asset)} at ${names.site(asset.site)} ${words.join(', then ')}.`;
};

/** `Transfer at Engineering puts it on North feeder from 14:00 until 16:00, then on South feeder.` Undefined for a switch that stays as it is. */
export const switchWords = (
  site: string,
  { switch: name, steps }: SwitchPlan,
  { now, zone, names }: Omit<NextWindow, 'until'>,
): string | undefined => {
  const [standing, ...ahead] = steps.filter(({ until_ms: until }) => until > now);
  if (!standing || ahead.length === 0) return undefined;
  const words = ahead.map(({ from_ms: from, until_ms: until, feeder }, at) => {
    const where = feeder === null ? 'on no feeder' : `on ${names.feeder(feeder)}`;
    const end = at === ahead.length - 1 ? '' : ` until ${formatSoon(zone, until, now)}`;
    return at === 0 ? `${where} from ${formatSoon(zone, from, now)}${end}` : `${where}${end}`;
  });
  return `${assetName(name)} at ${names.site(site)} puts it ${words.join(', then ')}.`;
};

/** What is not worth a line when an asset does it throughout. Stores and machines are told of all the same. */
const IDLE: Readonly<Record<AssetSteps['kind'], string | undefined>> = {
  store: undefined,
  supply: 'feeds in what it has',
  unit: undefined,
  task: 'waits',
  load: 'is served',
};

const verbOf = (kind: AssetSteps['kind'], kw: number, isCurtailed: boolean): readonly [verb: string, told: boolean] => {
  const isOn = Math.abs(kw) > NOTHING_KW;
  switch (kind) {
    case 'store':
      if (!isOn) return ['rests', false];
      return [kw > 0 ? 'charges' : 'discharges', true];
    case 'supply':
      return isCurtailed ? ['is held to', true] : ['feeds in what it has', false];
    case 'unit':
      return isOn ? ['runs at', true] : ['is off', false];
    case 'task':
      return isOn ? ['runs at', true] : ['waits', false];
    case 'load':
      return isOn ? ['is served', false] : ['is shed', false];
  }
};

const size = (kw: number): string => (kw < 10 ? formatPower(kw) : formatCount(kw));
const range = (low: number, high: number): string =>
  size(low) === size(high) ? size(low) : `${size(low)} to ${size(high)}`;

/** Whether a site's plan leaves sun unused at an instant. */
export const curtailsAt =
  (site: SitePlan | undefined, { start_ms, slot_ms }: { readonly start_ms: number; readonly slot_ms: number }) =>
  (at: number): boolean =>
    (site?.curtailed_kw[Math.floor((at - start_ms) / slot_ms)] ?? 0) > NOTHING_KW;
