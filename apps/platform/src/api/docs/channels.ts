import {
  adviceMessage,
  clockMessage,
  ordersMessage,
  positionMessage,
  readingMessage,
  readingsMessage,
  resultMessage,
  sessionStateMessage,
  setpointMessage,
  statusMessage,
  storedMessage,
  topics,
} from '#libs/telemetry';
import { z } from 'zod';

/** A topic of the contract, as the platform sees it. */
export interface Channel {
  /** The topic with its parameters in braces. */
  readonly address: string;
  readonly action: 'send' | 'receive';
  readonly retained: boolean;
  readonly title: string;
  readonly summary: string;
  /** Name of the message among the document's components; topics may share one. */
  readonly message: string;
}

/** What stands in braces in an address. */
export const PARAMETERS = {
  venue: 'Id of a venue of the Games pack; never `vehicles` or `platform`.',
  gateway: 'Id of a gateway of that venue; never `sessions` or `setpoints`.',
  asset:
    'What is controlled at the venue: `battery`, `pv`, or a load, generator, thermal machine, task or transfer switch by its id.',
  vehicle: 'Name of a vehicle of the fleet.',
  session: 'Id of a session of that venue.',
} as const;

const [venue, gateway, asset, vehicle, session] = [
  '{venue}',
  '{gateway}',
  '{asset}',
  '{vehicle}',
  '{session}',
] as const;

/** One entry for every topic: a topic without one does not compile. */
export const CHANNELS: Readonly<Record<keyof typeof topics, Channel>> = {
  readings: {
    address: topics.readings(venue, gateway),
    action: 'receive',
    retained: false,
    title: 'Readings of a gateway',
    summary: 'Sent again until `stored` covers their `seq`; what is stored already is not stored twice.',
    message: 'readings',
  },
  stored: {
    address: topics.stored(venue, gateway),
    action: 'send',
    retained: true,
    title: 'Receipt for readings',
    summary: 'Sent after commit: up to this `seq` the gateway may forget.',
    message: 'stored',
  },
  status: {
    address: topics.status(venue, gateway),
    action: 'receive',
    retained: true,
    title: 'State of a gateway',
    summary: 'Sent on connecting and every ten seconds; `offline` is the last will.',
    message: 'status',
  },
  setpoint: {
    address: topics.setpoint(venue, asset),
    action: 'send',
    retained: true,
    title: 'Setpoint of an asset',
    summary:
      'A lower `seq` and what is past `valid_until` are ignored; without a fresh one the asset falls back to its safe default.',
    message: 'setpoint',
  },
  setpointResult: {
    address: topics.setpointResult(venue, asset),
    action: 'receive',
    retained: false,
    title: 'What became of a setpoint',
    summary: '`measured` is kW by the meter of the asset.',
    message: 'result',
  },
  orders: {
    address: topics.orders(vehicle),
    action: 'send',
    retained: true,
    title: 'Orders of a vehicle',
    summary: 'All trips ahead of it; a vehicle without any is told so.',
    message: 'orders',
  },
  ordersResult: {
    address: topics.ordersResult(vehicle),
    action: 'receive',
    retained: false,
    title: 'What became of orders',
    summary: 'Sent by the vehicle, or the gateway that speaks for it.',
    message: 'result',
  },
  position: {
    address: topics.position(vehicle),
    action: 'receive',
    retained: false,
    title: 'Position of a vehicle',
    summary: 'Every few seconds, on a trip or between trips. (0, 0) is refused; one that comes twice is stored once.',
    message: 'position',
  },
  advice: {
    address: topics.advice(vehicle),
    action: 'send',
    retained: false,
    title: 'Advice to a driver',
    summary: 'Sent when it changes. `go` takes a `hold` back. A lower `seq` is ignored, and a `hold` ends at `until`.',
    message: 'advice',
  },
  sessionState: {
    address: topics.sessionState(venue, session),
    action: 'receive',
    retained: false,
    title: 'How a session really goes',
    summary: 'Sent by venue staff or a timing system when a session starts, runs over its time, ends or is cancelled.',
    message: 'session_state',
  },
  clock: {
    address: topics.clock(),
    action: 'send',
    retained: true,
    title: 'The event clock',
    summary: 'Sent every ten seconds by the leading control role; `offline` is the last will.',
    message: 'clock',
  },
};

/** The messages by name. Readings are checked one by one, so that a bad one is rejected alone. */
export const MESSAGES = {
  readings: readingsMessage.extend({ readings: z.array(readingMessage) }),
  stored: storedMessage,
  status: statusMessage,
  setpoint: setpointMessage,
  orders: ordersMessage,
  result: resultMessage,
  position: positionMessage,
  advice: adviceMessage,
  session_state: sessionStateMessage,
  clock: clockMessage,
} as const;
