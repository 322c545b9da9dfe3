import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { bufferDirectory } from '../../apps/gateway/src/buffer/disk-buffer.js';
import { loadProgress } from '../../apps/gateway/src/buffer/progress.js';
import { parseRecord } from '../../apps/gateway/src/buffer/record.js';
import { firstSeqOf } from '../../apps/gateway/src/buffer/segment.js';
import type { Expected } from './audit.js';
import type { Source } from './pack.js';
import { Program } from './program.js';
import { Sent } from './sent.js';

const program = fileURLToPath(new URL('../../dist/apps/gateway/src/main.js', import.meta.url));
/** Lines that may wait for a gateway that does not read. */
const MAX_WAITING_BYTES = 4_000_000;

export interface FedGatewayOptions {
  readonly source: Source;
  /** Folder of the pack. */
  readonly games: string;
  readonly mqttUrl: string;
  readonly home: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly bufferMegabytes?: number;
}

/** Our gateway program, which is fed known readings as JSON lines. What it wrote to its buffer is read from the buffer's own files. */
export class FedGateway {
  readonly source: Source;
  readonly #program: Program;
  readonly #directory: string;
  readonly #sent = new Sent();
  #starts = 1;
  #droppedBefore = 0;

  constructor({ source, games, mqttUrl, home, environment, bufferMegabytes }: FedGatewayOptions) {
    this.source = source;
    this.#directory = bufferDirectory(home, source.venue, source.id);
    this.#program = new Program({
      name: source.id,
      command: process.execPath,
      args: [
        ...[
          program,
          '--games',
          games,
          '--mqtt',
          mqttUrl,
          '--home',
          home,
          '--source',
          'stdin',
          '--gateway',
          `${source.venue}/${source.id}`,
        ],
        ...(bufferMegabytes === undefined ? [] : ['--buffer-mb', String(bufferMegabytes)]),
      ],
      environment,
      ready: /^gateway: /,
      fed: true,
    });
  }

  start(): Promise<void> {
    this.#program.start();
    return this.#program.ready();
  }

  /** `kill -9`; it is started again. */
  kill(): Promise<void> {
    return this.#program.kill();
  }

  stop(): Promise<void> {
    return this.#program.stop();
  }

  /** What it last said. */
  get lines(): readonly string[] {
    return this.#program.lines;
  }

  /** Gives it `count` more readings, if it takes any. */
  feed(count: number): void {
    this.#forgetUnread();
    const { input } = this.#program;
    if (!input?.writable || input.writableLength > MAX_WAITING_BYTES) return;
    const { point } = this.source;
    const lines = Array.from({ length: count }, () => {
      const { value, ts } = this.#sent.add();
      return `${JSON.stringify({ point, ts, value, unit: 'kW', quality: 'good' })}\n`;
    });
    input.write(lines.join(''));
  }

  /** Readings that were fed and are not in the buffer yet. */
  get unwritten(): number {
    this.#forgetUnread();
    return this.#sent.count - this.written;
  }

  /** Readings that it ever wrote to its buffer. */
  get written(): number {
    const segments = existsSync(this.#directory)
      ? readdirSync(this.#directory)
          .flatMap((name) => firstSeqOf(name) ?? [])
          .sort((a, b) => b - a)
      : [];
    for (const segment of segments) {
      const lines = readFileSync(join(this.#directory, `${segment}.jsonl`), 'utf8')
        .split('\n')
        .slice(0, -1);
      const newest = lines.findLast((line) => parseRecord(line));
      const record = newest === undefined ? undefined : parseRecord(newest);
      if (record) return record.total;
    }
    return 0;
  }

  /** Readings in the buffer that have no receipt yet. */
  get unreceipted(): number {
    return this.written - (loadProgress(this.#directory)?.forgotten_total ?? 0);
  }

  /** Readings that it gave up because its buffer was full, since the last `settle`. */
  get dropped(): number {
    return this.#droppedEver - this.#droppedBefore;
  }

  /** Everything written since the last `settle`. */
  get expected(): readonly Expected[] {
    return this.#sent.open.map(({ value, ts }) => ({ value, ts, owed: true }));
  }

  settle(): void {
    this.#sent.settle();
    this.#droppedBefore = this.#droppedEver;
  }

  get #droppedEver(): number {
    return loadProgress(this.#directory)?.dropped ?? 0;
  }

  /** What a process that ended had not read, or had not written, is no more. */
  #forgetUnread(): void {
    if (this.#program.starts === this.#starts) return;
    this.#starts = this.#program.starts;
    this.#sent.truncate(this.written);
  }
}
