import { setTimeout as delay } from 'node:timers/promises';

import type { Random } from './random.js';
import { until } from './until.js';
import type { World } from './world.js';

/** What a fault stops or starts; two faults of the same part cannot be struck at once. */
export type Part = 'ingest' | 'gateways' | 'database' | 'broker' | 'network' | 'clocks';

export interface Fault {
  readonly name: string;
  readonly part: Part;
  /** Lasts as long as an outage of the database does. */
  readonly isOutage?: boolean;
  /** Readings are given up, and counted. */
  readonly drops?: boolean;
  /** Not together with others. */
  readonly isAlone?: boolean;
  /** Does its harm and mends it again, while readings keep coming. */
  readonly strike: (world: World, random: Random, seconds: number) => Promise<void>;
}

const KILLS = 3;
const CRASHES = 2;
const DROPS = 40_000;
const HOUR_S = 3_600;

const wait = (seconds: number): Promise<void> => delay(seconds * 1_000);

const killIngest: Fault = {
  name: 'kill -9 ingest',
  part: 'ingest',
  strike: async ({ ingests }, random, seconds) => {
    for (let kill = 0; kill < KILLS; kill++) {
      await wait(random.between(0.2, seconds / KILLS));
      await ingests.kill(Math.floor(random.between(0, ingests.size)));
      await ingests.ready();
    }
  },
};

const killGateway: Fault = {
  name: 'kill -9 gateways',
  part: 'gateways',
  strike: async ({ gateways }, random, seconds) => {
    for (let kill = 0; kill < KILLS; kill++) {
      await wait(random.between(0.2, seconds / KILLS));
      await Promise.all(gateways.filter(() => random.next() < 0.7).map((gateway) => gateway.kill()));
    }
  },
};

const stopDatabase: Fault = {
  name: 'database stopped',
  part: 'database',
  isOutage: true,
  strike: async ({ database }, _random, seconds) => {
    await database.halt('fast');
    await wait(seconds);
    await database.resume();
  },
};

/** Each commit waits a tenth of a second before it reaches the disk, so that the crash falls into one. */
const crashDatabase: Fault = {
  name: 'database crashes in mid-commit',
  part: 'database',
  strike: async ({ database }, random, seconds) => {
    const slow = async (delayUs: number): Promise<void> => {
      await database.query(`alter system set commit_delay = ${delayUs}`);
      await database.query('alter system set commit_siblings = 0');
      await database.query('select pg_reload_conf()');
    };
    await slow(100_000);
    for (let crash = 0; crash < CRASHES; crash++) {
      await wait(random.between(0.5, Math.max(1, seconds / CRASHES)));
      const committing = async (): Promise<string | undefined> => {
        const [row] = await database.query<{ readonly busy: boolean }>(
          `select exists (select from pg_stat_activity where application_name = 'venueflow' and state = 'active') as busy`,
        );
        return row?.busy ? undefined : 'no batch is being written';
      };
      await until('ingest writes a batch', committing, 120);
      await database.halt('immediate');
      await wait(random.between(0, 1));
      await database.resume();
    }
    await slow(0);
  },
};

/** Everything that the broker acknowledged to devices and did not save is lost; our gateways send theirs again. */
const killBroker: Fault = {
  name: 'kill -9 the broker (devices only counted)',
  part: 'broker',
  isAlone: true,
  strike: async ({ broker, devices, gateways }, random, seconds) => {
    await wait(random.between(0.2, seconds / 2));
    await broker.kill();
    for (const device of devices) device.excuse();
    await broker.answers();
    // A receipt for what came later says that ingest has subscribed again, also to the devices.
    const goals = gateways.map((gateway) => ({ gateway, written: gateway.written }));
    const left = () => goals.filter(({ gateway, written }) => gateway.written - gateway.unreceipted <= written);
    const lack = () =>
      left().length === 0
        ? undefined
        : left()
            .map(({ gateway }) => gateway.source.id)
            .join(', ');
    await until('gateways get receipts from the restarted broker', lack, 120);
    for (const device of devices) device.excuse();
  },
};

const LINKS = ['gateways', 'ingest', 'database'] as const;

const onLink = (link: (typeof LINKS)[number]): readonly Fault[] => [
  {
    name: `network of ${link} pauses`,
    part: 'network',
    strike: async ({ networks }, _random, seconds) => {
      networks[link].pause();
      await wait(seconds);
      networks[link].restore();
    },
  },
  {
    name: `network of ${link} half-open`,
    part: 'network',
    strike: async ({ networks }, _random, seconds) => {
      networks[link].swallow();
      await wait(seconds);
      networks[link].restore();
    },
  },
  {
    name: `network of ${link} cut`,
    part: 'network',
    strike: async ({ networks }, random, seconds) => {
      for (let cut = 0; cut < KILLS; cut++) {
        networks[link].cut();
        await wait(random.between(0.1, seconds / KILLS));
      }
    },
  },
];

const jumpClock = (whose: 'gateways' | 'ingest'): Fault => ({
  name: `clock of ${whose} jumps`,
  part: 'clocks',
  strike: async ({ clocks }, random, seconds) => {
    for (const direction of [1, -1]) {
      clocks[whose].jump(direction * random.between(HOUR_S, 20 * HOUR_S));
      await wait(Math.max(2, seconds / 3));
    }
    clocks[whose].jump(0);
    await wait(Math.max(2, seconds / 3));
  },
});

/** Three share the load; one is killed for good, and two others take over all the shares. */
const takeShardAway: Fault = {
  name: 'a shard is taken away',
  part: 'ingest',
  strike: async ({ ingests }, random, seconds) => {
    await ingests.stop();
    await ingests.start(3);
    await wait(seconds / 2);
    await ingests.remove(Math.floor(random.between(0, ingests.size)));
    await wait(seconds / 2);
    await ingests.stop();
    await ingests.start(2);
  },
};

/** For a while each share is served by two processes, which take its session from each other. */
const overlapShards: Fault = {
  name: 'shards move while old and new ones run',
  part: 'ingest',
  strike: async ({ ingests }, random, seconds) => {
    await ingests.handOver(random.pick([1, 2, 3]), seconds);
  },
};

/** On a half-open link the small buffer runs over while messages are under way: its oldest readings are given up, and counted, unless they arrive after all. */
const fillBuffer: Fault = {
  name: 'buffer disk quota is full',
  part: 'network',
  drops: true,
  isAlone: true,
  strike: async ({ networks, smallGateway }) => {
    networks.gateways.swallow();
    const lack = (): string | undefined => {
      if (smallGateway.dropped > DROPS) return undefined;
      smallGateway.feed(DROPS / 10);
      return `${smallGateway.dropped} readings are dropped`;
    };
    await until('the buffer gives up its oldest readings', lack, 60).finally(() => networks.gateways.restore());
  },
};

/** Each is struck by itself, in this order. */
export const faults: readonly Fault[] = [
  killIngest,
  killGateway,
  stopDatabase,
  crashDatabase,
  ...LINKS.flatMap(onLink),
  jumpClock('gateways'),
  jumpClock('ingest'),
  takeShardAway,
  overlapShards,
  fillBuffer,
  killBroker,
];
