import type { EpochMs } from '#libs/kernel';
import sparkplug from 'sparkplug-payload';
import type { DeviceRequest } from '../profile.js';
import type { SparkplugTopic } from './topic.js';

const codec = sparkplug.get('spBv1.0');

/** Asks an edge node to publish its births again (Sparkplug 3.0, 5.12: `Node Control/Rebirth`). */
export const rebirthRequest = ({ group, edge }: SparkplugTopic, at: EpochMs): DeviceRequest => {
  if (!codec) throw new Error('sparkplug-payload does not know spBv1.0.');
  const metrics = [{ name: 'Node Control/Rebirth', timestamp: at, type: 'Boolean' as const, value: true }];
  return {
    topic: `spBv1.0/${group}/NCMD/${edge}`,
    payload: codec.encodePayload({ timestamp: at, metrics }),
  };
};
