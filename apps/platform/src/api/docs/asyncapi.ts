import { stringify } from 'yaml';
import { z } from 'zod';

import { type Channel, CHANNELS, MESSAGES, PARAMETERS } from './channels.js';

const description = `What gateways, vehicles and the platform say to each other over MQTT: JSON in UTF-8, QoS 1. Times are epoch milliseconds,
UTC, of the event clock; wall time are only the clock's \`wall_ms\` and the \`ts\` of a gateway's status. Battery power is positive while charging.
Receivers ignore keys that are not named here.`;

const parametersOf = (address: string) =>
  Object.fromEntries(
    Object.entries(PARAMETERS)
      .filter(([name]) => address.includes(`{${name}}`))
      .map(([name, text]) => [name, { description: text }]),
  );

const channelOf = ({ address, title, summary, message }: Channel) => ({
  address,
  title,
  summary,
  parameters: parametersOf(address),
  messages: { [message]: { $ref: `#/components/messages/${message}` } },
});

/** As AsyncAPI 3 wants it: the action is the platform's own. */
const operationOf = (name: string, { action, title, retained, message }: Channel) => ({
  action,
  title,
  channel: { $ref: `#/channels/${name}` },
  messages: [{ $ref: `#/channels/${name}/messages/${message}` }],
  bindings: { mqtt: { qos: 1, retain: retained, bindingVersion: '0.2.0' } },
});

const mapValues = <T, R>(record: Readonly<Record<string, T>>, map: (name: string, value: T) => R) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(name, value)]));

/** The AsyncAPI 3 document of the MQTT topics, as YAML; payloads are JSON Schema draft 7, made from the schemas that the platform reads with. */
export const writeAsyncApi = (mqttUrl: string): string => {
  const { protocol, host } = new URL(mqttUrl);
  const document = {
    asyncapi: '3.0.0',
    info: { title: 'Venueflow', version: '1', description },
    defaultContentType: 'application/json',
    servers: { broker: { host, protocol: protocol.replace(':', ''), protocolVersion: '3.1.1' } },
    channels: mapValues(CHANNELS, (_name, channel) => channelOf(channel)),
    operations: mapValues(CHANNELS, operationOf),
    components: {
      messages: mapValues(MESSAGES, (name, schema) => ({
        name,
        contentType: 'application/json',
        payload: z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }),
      })),
    },
  };
  return stringify(document, { aliasDuplicateObjects: false });
};
