import type { Vocabulary } from './wire.js';

export interface Choice {
  readonly value: string;
  readonly text: string;
}

/** A field of an overlay. `empty`: what it means when nothing is said; a field without it is wanted. */
export interface OverlayField {
  readonly name: string;
  readonly label: string;
  readonly type: 'number' | 'whole' | 'time' | 'choice' | 'choices';
  readonly empty?: string;
  readonly choices?: (words: Vocabulary) => readonly Choice[];
  /** Only while another field has this value. */
  readonly when?: { readonly field: string; readonly value: string };
  readonly initial?: string;
  /** It only says which other field counts, and is not sent. */
  readonly local?: true;
}

interface OverlayKind {
  readonly kind: string;
  readonly title: string;
  readonly fields: readonly OverlayField[];
}

const named = (entries: readonly { readonly id: string; readonly name: string }[]): readonly Choice[] =>
  entries.map(({ id, name }) => ({ value: id, text: name }));
const venues = (words: Vocabulary): readonly Choice[] => named(words.venues);
const lines = (words: Vocabulary): readonly Choice[] =>
  words.lines.map(({ id, name }) => ({ value: id, text: name === id ? id : `${id} · ${name}` }));

const scale = (label: string): OverlayField => ({ name: 'scale', label, type: 'number', initial: '2' });
const WINDOW: readonly OverlayField[] = [
  { name: 'from', label: 'From', type: 'time', empty: '00:00' },
  { name: 'until', label: 'Until', type: 'time', empty: '24:00' },
];

const pairs = (known: readonly (readonly [venue: string, of: string])[]): readonly Choice[] =>
  known.map(([venue, of]) => ({ value: `${venue}/${of}`, text: `${venue}: ${of}` }));

/** Kinds whose venue is chosen together with what is there: the field of the form, and of the overlay. */
export const PAIRED: Readonly<Record<string, readonly [field: string, of: string]>> = {
  sensor: ['counter', 'point'],
  asset: ['machine', 'asset'],
};

/** What may be otherwise, with its fields as the API has them. */
export const OVERLAY_KINDS: readonly OverlayKind[] = [
  {
    kind: 'attendance',
    title: 'More or fewer people',
    fields: [
      { name: 'venue', label: 'Venue', type: 'choice', empty: 'every venue', choices: venues },
      scale('Times as many'),
    ],
  },
  {
    kind: 'session',
    title: 'A session ends late',
    fields: [
      { name: 'session', label: 'Session', type: 'choice', choices: (words) => named(words.sessions) },
      { name: 'late_minutes', label: 'Minutes late', type: 'whole', initial: '45' },
    ],
  },
  {
    kind: 'fleet',
    title: 'More or fewer vehicles',
    fields: [
      {
        name: 'how',
        label: 'Vehicles',
        type: 'choice',
        initial: 'change',
        local: true,
        choices: ({ vehicles }) => [
          { value: 'change', text: `change from ${vehicles}` },
          { value: 'count', text: 'in all' },
        ],
      },
      {
        name: 'change',
        label: 'More (fewer: below 0)',
        type: 'whole',
        initial: '-5',
        when: { field: 'how', value: 'change' },
      },
      { name: 'count', label: 'In all', type: 'whole', when: { field: 'how', value: 'count' } },
    ],
  },
  {
    kind: 'line',
    title: 'A line runs otherwise',
    fields: [
      { name: 'line', label: 'Line', type: 'choice', choices: lines },
      {
        name: 'how',
        label: 'How',
        type: 'choice',
        initial: 'closed',
        local: true,
        choices: () => [
          { value: 'closed', text: 'not at all' },
          { value: 'headway_scale', text: 'with other headways' },
        ],
      },
      {
        name: 'headway_scale',
        label: 'Times the headway',
        type: 'number',
        initial: '2',
        when: { field: 'how', value: 'headway_scale' },
      },
    ],
  },
  {
    kind: 'road',
    title: 'Driving takes longer',
    fields: [
      { name: 'lines', label: 'Lines (none: all)', type: 'choices', empty: 'all lines', choices: lines },
      { name: 'travel_time_scale', label: 'Times as long', type: 'number', initial: '1.5' },
      ...WINDOW,
    ],
  },
  {
    kind: 'weather',
    title: 'Weather',
    fields: [
      { name: 'travel_time_scale', label: 'Driving, times as long', type: 'number', empty: '1' },
      { name: 'load_scale', label: 'Load, times as much', type: 'number', empty: '1' },
      { name: 'sun_scale', label: 'Sun, times as much', type: 'number', empty: '1' },
      ...WINDOW,
    ],
  },
  {
    kind: 'feeder_trip',
    title: 'A feeder trips',
    fields: [
      { name: 'feeder', label: 'Feeder', type: 'choice', choices: (words) => named(words.feeders) },
      { name: 'from', label: 'From', type: 'time', initial: '15:30' },
      { name: 'minutes', label: 'Minutes', type: 'whole', initial: '60' },
    ],
  },
  {
    kind: 'asset',
    title: 'A machine is out of order',
    fields: [
      {
        name: 'machine',
        label: 'Machine',
        type: 'choice',
        choices: ({ assets }) => pairs(assets.map(({ venue, asset }) => [venue, asset])),
      },
      ...WINDOW,
    ],
  },
  {
    kind: 'import_limit',
    title: 'Other import limits',
    fields: [
      { name: 'venue', label: 'Venue', type: 'choice', empty: 'every venue', choices: venues },
      { ...scale('Times the limit'), initial: '0.8' },
    ],
  },
  {
    kind: 'battery',
    title: 'Another battery',
    fields: [
      { name: 'venue', label: 'Venue', type: 'choice', choices: venues },
      { name: 'capacity_kwh', label: 'Capacity, kWh', type: 'number', initial: '400' },
      { name: 'power_kw', label: 'Power, kW', type: 'number', initial: '100' },
    ],
  },
  {
    kind: 'tariff',
    title: 'Other prices of power',
    fields: [{ name: 'price_scale', label: 'Times the price', type: 'number', initial: '2' }],
  },
  {
    kind: 'sensor',
    title: 'A counter is not heard',
    fields: [
      {
        name: 'counter',
        label: 'Counter',
        type: 'choice',
        choices: ({ counters }) => pairs(counters.map(({ venue, point }) => [venue, point])),
      },
      ...WINDOW,
    ],
  },
];

export const kindOf = (kind: string): OverlayKind | undefined => OVERLAY_KINDS.find((one) => one.kind === kind);
