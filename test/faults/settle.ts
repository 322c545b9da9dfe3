import type { Audit } from './audit.js';
import { FedGateway } from './fed-gateway.js';
import type { ForeignDevice } from './foreign-device.js';
import { until } from './until.js';
import type { World } from './world.js';

/** What became of everything that was sent since the last time. */
export interface Counts {
  /** Readings that our gateways wrote to their buffers. */
  readonly written: number;
  /** Readings of foreign devices that the broker acknowledged. */
  readonly acknowledged: number;
  /** Of both. */
  readonly stored: number;
  /** Readings that are not stored and were not counted as dropped. */
  readonly missing: number;
  readonly dropped: number;
  readonly duplicates: number;
  readonly strange: number;
  readonly rejected: number;
  /** Stored readings of devices that the broker did not acknowledge, or that it was excused from. */
  readonly unpromised: number;
  /** Stretches of readings that our gateways dropped: between two of them something is stored. */
  readonly gaps: number;
}

/** Another process may still write what it was delivered twice. */
const LATE_MS = 1_000;

const sum = <T>(items: Iterable<T>, of: (item: T) => number): number => {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
};

/** Counts from one look to the next. */
export class Settlement {
  #rejected = 0;
  #duplicates = 0;

  constructor(private readonly world: World) {}

  /**
   * Waits until every reading is stored that somebody promised and nobody counts as dropped, and every buffer is empty. What is still missing at
   * the limit is counted, not thrown.
   */
  async settle(seconds: number): Promise<{ readonly counts: Counts; readonly lacks: readonly string[] }> {
    const { ledger, gateways, smallGateway, devices } = this.world;
    const ours = [...gateways, smallGateway];
    const lacks: string[] = [];
    await until('everything is stored and receipted', () => this.#lack(), seconds).catch((error: unknown) => {
      lacks.push(String(error));
    });
    await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    const audits = await ledger.audit();
    const of = (senders: readonly object[], count: (audit: Audit) => number) =>
      sum(audits, ([sender, audit]) => (senders.includes(sender) ? count(audit) : 0));
    const all = [...ours, ...devices];
    const rejected = await ledger.rejected();
    const duplicates = await ledger.duplicates();
    const counts: Counts = {
      written: of(ours, ({ owed }) => owed),
      acknowledged: of(devices, ({ owed }) => owed),
      stored: of(all, ({ stored }) => stored),
      missing: sum(all, (sender) => missingOf(sender, audits.get(sender))),
      dropped: sum(ours, (gateway) => gateway.dropped),
      duplicates: duplicates - this.#duplicates,
      strange: of(all, ({ strange }) => strange),
      rejected: rejected.count - this.#rejected,
      unpromised: of(all, ({ unpromised }) => unpromised),
      gaps: sum(ours, (gateway) => gapsOf(gateway, audits.get(gateway))),
    };
    if (counts.rejected > 0) lacks.push(`Rejected: ${rejected.reasons.join('; ')}`);
    this.#rejected += counts.rejected;
    this.#duplicates += counts.duplicates;
    ledger.settle();
    for (const sender of all) sender.settle();
    return { counts, lacks };
  }

  async #lack(): Promise<string | undefined> {
    const { ledger, gateways, smallGateway, devices } = this.world;
    const ours = [...gateways, smallGateway];
    const unwritten = sum(ours, (gateway) => gateway.unwritten);
    if (unwritten > 0) return `${unwritten} readings are fed and not in a buffer`;
    const unacknowledged = sum(devices, (device) => device.unacknowledged);
    if (unacknowledged > 0) return `${unacknowledged} messages of devices have no PUBACK`;
    const audits = await ledger.audit().catch((error: unknown) => String(error));
    if (typeof audits === 'string') return `the database does not answer (${audits})`;
    const lacking = [...ours, ...devices].flatMap((sender) => {
      const audit = audits.get(sender);
      const missing = missingOf(sender, audit);
      return missing > 0 ? [`${sender.source.id}: ${missing} of ${audit?.owed ?? 0}`] : [];
    });
    if (lacking.length > 0) return `readings are missing (${lacking.join(', ')})`;
    const unreceipted = sum(ours, (gateway) => gateway.unreceipted);
    return unreceipted > 0 ? `${unreceipted} stored readings have no receipt` : undefined;
  }
}

/** What is missing and was not counted as dropped. */
const missingOf = (sender: FedGateway | ForeignDevice, audit: Audit | undefined): number => {
  const dropped = sender instanceof FedGateway ? sender.dropped : 0;
  return Math.max(0, (audit?.missing.length ?? 0) - dropped);
};

const gapsOf = ({ expected }: FedGateway, audit: Audit | undefined): number => {
  const missing = new Set(audit?.missing);
  return expected.filter(({ value }, index) => {
    const before = expected[index - 1];
    return missing.has(value) && !(before && missing.has(before.value));
  }).length;
};
