import { type Fault, type Result } from '#libs/kernel';
import type { z } from 'zod';

import { findCivil } from '../civil.js';
import type { Recording } from '../recording.js';
import type { RoadTables } from '../roads.js';
import { packFiles, recordingEntry } from '../schema.js';
import { type NamedAt, readConfined } from './confined-file.js';
import { type Documents, listAt, type PackFile } from './document.js';
import { readRecording } from './read-recording.js';
import { readRoads } from './read-roads.js';
import { readYaml } from './read-yaml.js';
import { schemaFaults } from './schema-faults.js';

/** The documents that keep to their schema. */
export type Parsed = { readonly [F in PackFile]?: z.infer<(typeof packFiles)[F]> };

/** One reading of a folder: what could be read so far, and every fault met on the way. */
export class PackReading {
  readonly faults: Fault[] = [];

  constructor(private readonly directory: string) {}

  async documents(): Promise<Documents> {
    const documents: Partial<Record<PackFile, unknown>> = {};
    for (const file of Object.keys(packFiles) as PackFile[]) {
      const bytes = await this.file(file, { file, path: '' });
      const document = bytes && this.take(readYaml(file, bytes));
      if (document !== undefined) documents[file] = document;
    }
    return documents;
  }

  /** Recordings whose entry is right by itself, whatever else is wrong in recordings.yaml. */
  async recordings(documents: Documents): Promise<ReadonlyMap<string, Recording>> {
    const recordings = new Map<string, Recording>();
    for (const found of listAt(documents['recordings.yaml'], 'recordings[]')) {
      const entry = recordingEntry.strip().safeParse(found.value);
      if (!entry.success || findCivil(entry.data.start) === undefined) continue;
      const bytes = await this.file(entry.data.file, { file: 'recordings.yaml', path: `${found.path}.file` });
      const recording = bytes && this.take(readRecording(entry.data, bytes));
      if (recording) recordings.set(recording.id, recording);
    }
    return recordings;
  }

  async gtfs(documents: Documents): Promise<Uint8Array | undefined> {
    const [found] = listAt(documents['transport.yaml'], 'gtfs');
    if (typeof found?.value !== 'string' || found.value === '') return undefined;
    const bytes = await this.file(found.value, { file: 'transport.yaml', path: found.path });
    // Every zip that holds a file begins with "PK\3\4".
    if (!bytes || (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4)) return bytes;
    const message = `${found.value} is no zip file. Give the feed as published.`;
    this.faults.push({ file: 'transport.yaml', path: found.path, rule: 'not_a_zip', message });
    return undefined;
  }

  /** Both tables of the roads, when the pack has them and both can be read. */
  async roads(documents: Documents): Promise<RoadTables | undefined> {
    const table = async (key: 'nodes' | 'links') => {
      const [found] = listAt(documents['transport.yaml'], `roads.${key}`);
      if (typeof found?.value !== 'string' || found.value === '') return undefined;
      const bytes = await this.file(found.value, { file: 'transport.yaml', path: found.path });
      return bytes && { file: found.value, bytes };
    };
    const [nodes, links] = [await table('nodes'), await table('links')];
    return nodes && links && this.take(readRoads(nodes, links));
  }

  parse(documents: Documents): Parsed {
    const parsed: Record<string, unknown> = {};
    for (const [file, schema] of Object.entries(packFiles)) {
      if (!Object.hasOwn(documents, file)) continue;
      const document = documents[file as PackFile];
      const result = schema.safeParse(document);
      if (result.success) parsed[file] = result.data;
      else this.faults.push(...schemaFaults(file, document, result.error.issues));
    }
    return parsed;
  }

  private async file(name: string, namedAt: NamedAt): Promise<Uint8Array | undefined> {
    const read = await readConfined(this.directory, name, namedAt);
    if (!read.ok) this.faults.push(read.error);
    return read.ok ? read.value : undefined;
  }

  private take<T>(result: Result<T, readonly Fault[]>): T | undefined {
    if (!result.ok) this.faults.push(...result.error);
    return result.ok ? result.value : undefined;
  }
}
