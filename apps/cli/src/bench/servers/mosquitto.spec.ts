import { expect, it } from '@jest/globals';

import { settingsAt } from './mosquitto.js';

it('changes the port and the place, and nothing else', () => {
  const shipped = 'listener 1883 127.0.0.1\nmax_queued_messages 0\npersistence_location /var/lib/mosquitto/\n';
  expect(settingsAt(shipped, '/tmp/x', 4711)).toBe(
    'listener 4711 127.0.0.1\nmax_queued_messages 0\npersistence_location /tmp/x/\n',
  );
});
