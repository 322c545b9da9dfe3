import type { Random } from '#libs/kernel';
import type { Load, SiteProblem, Store, Supply, Task, Unit } from '../problem.js';
import { around, bySlot, draw, hourOf, isBetween, SLOT_HOURS } from './day.js';
import { drawGenerators } from './draw-generators.js';

const KINDS = ['arena', 'ice', 'village', 'media', 'depot', 'slope'] as const;
type Kind = (typeof KINDS)[number];

/** Heat that a chiller moves per kW. */
const COLD_PER_KW = 3.5;
const COLD = 'cold';

/** A site but for its connections. */
export type SiteParts = Omit<SiteProblem, 'connections'>;

/** Loads of several hundred kW by the kind of site; most have sun and a battery, ice has a cold store, depots charge vehicles, slopes make snow. */
export const drawParts = (random: Random, at: number, slots: number, hasGenerators: boolean): SiteParts => {
  const kind = KINDS[(at + Math.floor(random() * 2)) % KINDS.length] ?? 'arena';
  const size = Math.round(80 * 10 ** random());
  const loads = drawLoads(random, kind, size, slots);
  const battery = random() < 0.8 ? [drawBattery(random, size)] : [];
  return {
    site: `site ${at + 1}`,
    loads: kind === 'ice' ? [...loads, drawCold(random, size, slots)] : loads,
    supplies: random() < 0.7 ? [drawSun(random, size, slots)] : [],
    stores: kind === 'ice' ? [...battery, drawColdStore(random, size)] : battery,
    units: [
      ...(kind === 'ice' ? [drawChiller(size)] : []),
      ...(hasGenerators ? drawGenerators(random, size * DAY_PEAK) : []),
    ],
    tasks: drawTasks(random, kind, size, slots),
  };
};

/** The highest load of a site without tasks, as a multiple of its size. */
const DAY_PEAK = 1.1;

/** Share of its size that a kind of site draws at an hour. */
const shapeOf = (kind: Kind, hour: number, session: number): number => {
  switch (kind) {
    case 'arena':
      return 0.25 + 0.65 * around(hour, session, 2.2);
    case 'ice':
      return 0.3 + 0.4 * around(hour, session, 2.5);
    case 'village':
      return 0.3 + 0.3 * around(hour, 7.5, 1.5) + 0.55 * around(hour, 19.5, 2.5);
    case 'media':
      return 0.55 + 0.3 * around(hour, 16, 5);
    case 'depot':
      return 0.2 + 0.1 * around(hour, 12, 4);
    case 'slope':
      return 0.2 + 0.6 * around(hour, 11.5, 2.5);
  }
};

const drawLoads = (random: Random, kind: Kind, size: number, slots: number): readonly Load[] => {
  const session = draw(random, 17, 20.5, 1);
  const base = bySlot(slots, (hour) => size * shapeOf(kind, hour, session) * draw(random, 0.95, 1.05));
  const share = (of: number): number[] => base.map((kw) => Math.round(kw * of * 1000) / 1000);
  return [
    { load: 'safety', tier: 'life_safety', power_kw: Math.round(0.03 * size) },
    ...(kind === 'arena' || kind === 'media'
      ? [{ load: 'broadcast', tier: 'broadcast', power_kw: share(0.15) } as const]
      : []),
    { load: 'base', tier: 'normal', power_kw: share(0.75) },
    { load: 'comfort', tier: 'normal', power_kw: share(0.1), shed_cost_per_kwh: draw(random, 1.5, 3, 2) },
  ];
};

const drawSun = (random: Random, size: number, slots: number): Supply => {
  const [peak, clouds] = [size * draw(random, 0.2, 0.8), draw(random, 0, 0.5)];
  const sun = (hour: number): number => Math.max(0, Math.sin(((hour - 7.3) / 10.2) * Math.PI));
  return {
    supply: 'pv',
    available_kw: bySlot(slots, (hour) =>
      isBetween(hour, 7.3, 17.5) ? peak * sun(hour) * (1 - clouds * random()) : 0,
    ),
  };
};

const drawBattery = (random: Random, size: number): Store => {
  const kw = Math.round(size * draw(random, 0.15, 0.45));
  const efficiency = draw(random, 0.92, 0.97);
  return {
    store: 'battery',
    capacity_kwh: Math.round(kw * draw(random, 2, 4)),
    // Lithium cells take less when they are nearly full.
    charge_kw: random() < 0.4 ? [[0, kw], [0.85, kw], [1, Math.round(0.3 * kw)]] : kw,
    discharge_kw: kw,
    charge_efficiency: efficiency,
    discharge_efficiency: efficiency,
    wear_cost_per_kwh: draw(random, 0.01, 0.03),
    soc_min_ratio: 0.1,
    soc_max_ratio: 0.95,
    soc_ratio: draw(random, 0.35, 0.55),
  }; // prettier-ignore
};

const drawCold = (random: Random, size: number, slots: number): Load => ({
  load: 'ice',
  bus: COLD,
  tier: 'normal',
  power_kw: bySlot(slots, (hour) => size * (0.5 + 0.3 * around(hour, 18, 5)) * draw(random, 0.95, 1.05)),
});

const drawColdStore = (random: Random, size: number): Store => ({
  store: 'ice floor',
  bus: COLD,
  capacity_kwh: Math.round(size * draw(random, 1, 2)),
  charge_kw: Math.round(0.5 * size),
  discharge_kw: Math.round(0.5 * size),
  charge_efficiency: 1,
  discharge_efficiency: 1,
  loss_ratio_per_hour: 0.01,
  wear_cost_per_kwh: 0,
  soc_min_ratio: 0.2,
  soc_max_ratio: 0.9,
  soc_ratio: draw(random, 0.4, 0.7),
});

const drawChiller = (size: number): Unit => ({
  unit: 'chiller',
  capacity_kw: Math.round(0.4 * size),
  outputs: [{ bus: COLD, per_kw: COLD_PER_KW }],
  inputs: [{ bus: 'power', per_kw: 1 }],
  cost_per_kwh: 0.005,
});

const drawTasks = (random: Random, kind: Kind, size: number, slots: number): readonly Task[] => {
  if (kind !== 'depot' && kind !== 'slope') return [];
  const power = Math.round(size * draw(random, 0.3, 0.6));
  const [from, until] = kind === 'depot' ? ([22, 5] as const) : ([18, 6] as const);
  const fill = draw(random, 0.3, 0.6);
  return windowsOf(slots, from, until).map(([from_slot, until_slot], night) => ({
    task: `${kind === 'depot' ? 'charging' : 'snow'} ${night + 1}`,
    energy_kwh: Math.round(power * (until_slot - from_slot) * SLOT_HOURS * fill * 1000) / 1000,
    power_kw: power,
    from_slot,
    until_slot,
    interruptible: true,
  }));
};

/** Runs of slots between two hours of the day. */
const windowsOf = (slots: number, from: number, until: number): readonly (readonly [number, number])[] => {
  const windows: [number, number][] = [];
  for (let slot = 0; slot < slots; slot += 1) {
    if (!isBetween(hourOf(slot), from, until)) continue;
    const last = windows.at(-1);
    if (last?.[1] === slot) last[1] = slot + 1;
    else windows.push([slot, slot + 1]);
  }
  return windows;
};
