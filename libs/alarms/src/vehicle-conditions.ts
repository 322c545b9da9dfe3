import type { Condition, Priority } from './condition.js';
import type { AlarmInputs } from './inputs.js';

/** What is worth an alarm of all that can be wrong with a vehicle, and what to do about it. */
const RULES: ReadonlyMap<string, { readonly priority: Priority; readonly advice: string }> = new Map([
  [
    'stuck',
    { priority: 'high', advice: 'Call its driver; if it is out of service, say so, and the plan does without it.' },
  ],
  ['missing', { priority: 'high', advice: 'Call its driver, or give its trip to another vehicle by an override.' }],
  [
    'unknown',
    { priority: 'medium', advice: 'See to the name that its unit was given, or to who drives on the event.' },
  ],
  ['no_order', { priority: 'medium', advice: 'Ask its driver what it drives; people wait for it elsewhere.' }],
]);

/** More of one kind than this is one trouble with one cause. */
const MOST_EACH = 5;

export const vehicleConditions = ({ vehicles }: Pick<AlarmInputs, 'vehicles'>): readonly Condition[] =>
  [...RULES].flatMap(([trouble, { priority, advice }]): readonly Condition[] => {
    const concerned = vehicles.filter((one) => one.trouble === trouble);
    const whole = { priority, raises: true } as const;
    if (concerned.length <= MOST_EACH)
      return concerned.map(({ vehicle, text }) => ({ ...whole, id: `vehicle_${trouble}:${vehicle}`, text, advice }));
    const names = concerned.slice(0, MOST_EACH).map(({ vehicle }) => vehicle);
    return [
      {
        ...whole,
        id: `vehicle_${trouble}:many`,
        text: `${concerned.length} vehicles are ${trouble.replace('_', ' ')}, among them ${names.join(', ')}.`,
        advice: 'So many at once have one cause: see to the units that send positions, the broker and the ingest role.',
      },
    ];
  });
