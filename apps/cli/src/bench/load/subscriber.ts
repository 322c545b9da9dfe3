// The peer: mqtt.js reading the same messages and doing nothing with them, a process of its own that `load-process.ts` forks.
import mqtt from 'mqtt';

import { decodeMessage, readingsMessage, topics } from '#libs/telemetry';

const PROGRESS_MS = 100;

interface Progress {
  seq: number;
  told: number;
}

const [url = ''] = process.argv.slice(2);
const seen = new Map<string, Progress>();

const client = await mqtt.connectAsync(url, { clientId: 'bench-subscriber' });
client.on('message', (topic, payload) => {
  const progress = seen.get(topic);
  if (progress) {
    progress.seq++;
    return;
  }
  const first = decodeMessage(readingsMessage, payload);
  if (first.ok) seen.set(topic, { seq: first.value.seq, told: 0 });
});
await client.subscribeAsync(topics.readings('+', '+'), { qos: 1 });
setInterval(() => {
  for (const [topic, progress] of seen) {
    if (progress.told === progress.seq) continue;
    progress.told = progress.seq;
    client.publish(topic.replace(/readings$/, 'stored'), JSON.stringify({ seq: progress.seq }));
  }
}, PROGRESS_MS);

process.on('disconnect', () => process.exit());
process.on('SIGINT', () => undefined);
process.send?.('ready');
