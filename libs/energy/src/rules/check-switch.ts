import type { Fault } from '#libs/kernel';
import { type Interlock, type SiteProblem, type TransferSwitch, valueAt } from '../problem.js';
import { judge, notNegative, whole } from './rules.js';

export const checkSwitch = (path: string, one: TransferSwitch, site: SiteProblem): readonly Fault[] => [
  ...one.connections.flatMap((name, at) =>
    judge(`${path}.connections[${at}]`, name, [
      [
        'unknown_connection',
        site.connections.some(({ connection }) => connection === name),
        'The site has no such connection.',
      ],
      ['unique', one.connections.indexOf(name) === at, 'The name is taken by an earlier one.'],
    ]),
  ),
  ...judge(`${path}.closed`, one.closed, [
    ['unknown_connection', one.connections.includes(one.closed), 'It must be one of its connections.'],
  ]),
  ...judge(`${path}.operation_cost`, one.operation_cost, [notNegative(one.operation_cost)]),
  ...judge(`${path}.most_operations`, one.most_operations, [notNegative(one.most_operations)]),
  ...(['min_closed_slots', 'closed_slots'] as const).flatMap((name) =>
    judge(`${path}.${name}`, one[name], [notNegative(one[name] ?? 0), whole(one[name] ?? 0)]),
  ),
  ...(one.held ?? []).flatMap((name, slot) =>
    name === null ? [] : checkHeld(`${path}.held[${slot}]`, one, name, slot, site),
  ),
];

const checkHeld = (
  path: string,
  one: TransferSwitch,
  name: string,
  slot: number,
  site: SiteProblem,
): readonly Fault[] =>
  judge(path, name, [
    ['unknown_connection', one.connections.includes(name), 'It must be one of its connections.'],
    [
      'held_dead',
      site.connections.some((other) => other.connection === name && valueAt(other.available ?? 1, slot) > 0),
      'It is dead in this slot.',
    ],
    [
      'interlocked',
      (site.switches ?? []).every((other) => other === one || !areInterlocked(site, name, other.held?.[slot] ?? null)),
      'Another switch is held on a connection that is interlocked with it.',
    ],
  ]);

const areInterlocked = ({ interlocks = [] }: SiteProblem, name: string, other: string | null): boolean =>
  other !== null && interlocks.some(({ connections }) => connections.includes(name) && connections.includes(other));

export const checkInterlock = (path: string, one: Interlock, { switches = [] }: SiteProblem): readonly Fault[] => [
  ...one.connections.flatMap((name, at) =>
    judge(`${path}.connections[${at}]`, name, [
      [
        'unknown_connection',
        switches.some(({ connections }) => connections.includes(name)),
        'No switch of the site has this connection.',
      ],
    ]),
  ),
  ...judge(`${path}.connections`, one.connections, [
    [
      'interlocked',
      switches.filter(({ closed }) => one.connections.includes(closed)).length <= 1,
      'Two of them are closed now.',
    ],
  ]),
];
