import type { Fault } from '#libs/kernel';
import type { Interlock, SiteProblem, TransferSwitch } from '../problem.js';
import { judge, notNegative, whole } from './rules.js';

export const checkSwitch = (path: string, one: TransferSwitch, { connections }: SiteProblem): readonly Fault[] => [
  ...one.connections.flatMap((name, at) =>
    judge(`${path}.connections[${at}]`, name, [
      [
        'unknown_connection',
        connections.some(({ connection }) => connection === name),
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
];

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
