import { fail, ok, type Result, showValue } from '#libs/kernel';
import type { Refusal } from '../decode-json.js';
import { readInstant } from './instants.js';
import type { DeviceMessage, DeviceReader, DeviceReport, Profile } from './profile.js';
import { EMPTY_REPORT, refusedReport, ReportBuilder } from './report.js';
import { type EdgeNode, MAX_NODE_METRICS, type MetricDefinition } from './sparkplug/edge-node.js';
import { EdgeNodes } from './sparkplug/edge-nodes.js';
import { decodeSparkplug, type SparkplugMetric, type SparkplugPayload } from './sparkplug/payload.js';
import { rebirthRequest } from './sparkplug/rebirth.js';
import { findSparkplugTopic, type SparkplugTopic, sparkplugView } from './sparkplug/topic.js';
import { readSparkplugValue } from './sparkplug/value.js';

/** Longest name of a metric that is taken. */
const MAX_NAME = 512;
const BD_SEQ = 'bdSeq';
/** Sessions and commands, not measurements. */
const isControl = (name: string): boolean => name === BD_SEQ || name.startsWith('Node Control/');

const bdSeqOf = ({ metrics }: SparkplugPayload): number | null | undefined => {
  for (const metric of metrics) {
    if (!metric.ok || metric.value.name !== BD_SEQ) continue;
    const read = readSparkplugValue(metric.value, metric.value.datatype);
    return read.ok ? read.value?.value : undefined;
  }
  return undefined;
};

/** Epoch ms: the metric's own time, else the message's. */
const timeOf = (metric: SparkplugMetric, payload: SparkplugPayload): Result<number | undefined, Refusal> => {
  const ms = metric.timestamp ?? payload.timestamp;
  return ms === undefined ? ok(undefined) : readInstant(ms);
};

const checkName = (name: string): Refusal | undefined =>
  name.length > MAX_NAME
    ? { code: 'name_too_long', detail: `a metric's name of ${name.length} characters is over ${MAX_NAME}` }
    : undefined;

/** A birth says what a metric is. */
const nameBirth = ({ name, datatype, unit }: SparkplugMetric): Result<MetricDefinition, Refusal> => {
  if (name === undefined) return fail({ code: 'no_name', detail: 'a metric of a birth has no name' });
  const refusal = checkName(name);
  return refusal ? fail(refusal) : ok({ name, datatype, unit });
};

/** Data say what the birth left open, or changed. */
const nameData = (
  device: string | undefined,
  node: EdgeNode,
  metric: SparkplugMetric,
): Result<MetricDefinition, Refusal> => {
  const defined = node.find(device, metric);
  const name = metric.name ?? defined?.name;
  if (name === undefined) {
    if (metric.alias === undefined) return fail({ code: 'no_name', detail: 'a metric has neither name nor alias' });
    node.wantRebirth(true);
    return fail({ code: 'unknown_alias', detail: 'no birth has given the alias of a metric' });
  }
  const refusal = checkName(name);
  if (refusal) return fail(refusal);
  return ok({ name, datatype: metric.datatype ?? defined?.datatype, unit: metric.unit ?? defined?.unit });
};

const addMetric = (
  prefix: string,
  payload: SparkplugPayload,
  metric: SparkplugMetric,
  { name, datatype, unit }: MetricDefinition,
  report: ReportBuilder,
): void => {
  const channel = prefix + name;
  const refuse = (refusal: Refusal): void => {
    report.refuse({ ...refusal, detail: `${channel.slice(0, 80)}: ${refusal.detail}` });
  };
  const read = readSparkplugValue(metric, datatype);
  if (!read.ok) {
    refuse(read.error);
    return;
  }
  if (!read.value) return;
  const ts = timeOf(metric, payload);
  if (!ts.ok) {
    refuse(ts.error);
    return;
  }
  const { value, exact } = read.value;
  const quality = metric.quality === 'good' && !exact ? 'uncertain' : metric.quality;
  report.add({ channel, ts: ts.value, value, unit, quality });
};

class SparkplugReader implements DeviceReader {
  readonly #nodes = new EdgeNodes();
  readonly #view: ReturnType<typeof sparkplugView>;

  constructor(filter: string) {
    this.#view = sparkplugView(filter);
  }

  read(message: DeviceMessage): DeviceReport {
    const topic = findSparkplugTopic(message.topic);
    if (!topic) {
      const state = /^(spBv1\.0\/)?STATE\//.test(message.topic);
      const detail = `${showValue(message.topic)} is no topic of Sparkplug B`;
      return state ? EMPTY_REPORT : refusedReport({ code: 'unknown_topic', detail });
    }
    // Nothing of an edge node may be retained: what the broker kept is of a session that nobody knows.
    if (message.retained || topic.type === 'NCMD' || topic.type === 'DCMD') return EMPTY_REPORT;
    const payload = decodeSparkplug(message.payload);
    if (!payload.ok) return refusedReport(payload.error);
    if (topic.type === 'NDEATH') return this.#readNodeDeath(topic, payload.value);
    return this.#nodes.with(topic, (node) => {
      const report = this.#readNode(topic, node, payload.value);
      if (!this.#view.births || !node.askNow(message.received)) return report;
      return { ...report, requests: [rebirthRequest(topic, message.received)] };
    });
  }

  /** The death of an earlier session, which the broker found out late, says nothing of the one that lives. */
  #readNodeDeath(topic: SparkplugTopic, payload: SparkplugPayload): DeviceReport {
    const node = this.#nodes.find(topic);
    const dead = bdSeqOf(payload) ?? undefined;
    const living = node?.born ? (node.bdSeq ?? undefined) : undefined;
    if (dead !== undefined && living !== undefined && dead !== living) return EMPTY_REPORT;
    if (node) this.#nodes.with(topic, (dying) => dying.die());
    return { ...EMPTY_REPORT, presence: 'offline' };
  }

  #readNode(topic: SparkplugTopic, node: EdgeNode, payload: SparkplugPayload): DeviceReport {
    const { type, device } = topic;
    if (type === 'NBIRTH') node.bear(payload.seq, bdSeqOf(payload));
    else if (this.#view.whole) {
      node.takeSeq(payload.seq);
      if (!node.born) node.wantRebirth(true);
    }
    if (type === 'DDEATH') {
      node.end(device);
      return { ...EMPTY_REPORT, presence: 'offline' };
    }
    const report = new ReportBuilder();
    if (type === 'NDATA' || type === 'DDATA') {
      if (!node.has(device)) node.wantRebirth(true);
      this.#readMetrics(topic, payload, report, (metric) => nameData(device, node, metric));
      return report.build();
    }
    // Of a device alone, its birth is all that can be had.
    if (!this.#view.whole) node.wantRebirth(false);
    node.begin(device);
    let undefinedMetrics = 0;
    this.#readMetrics(topic, payload, report, (metric) => {
      const named = nameBirth(metric);
      if (named.ok && !node.define(device, named.value, metric.alias)) undefinedMetrics++;
      return named;
    });
    if (undefinedMetrics > 0) {
      const detail = `${undefinedMetrics} metrics are not remembered, a node may have ${MAX_NODE_METRICS} and 1000 devices`;
      report.refuse({ code: 'too_many_metrics', detail });
    }
    return { ...report.build(), presence: 'online' };
  }

  #readMetrics(
    topic: SparkplugTopic,
    payload: SparkplugPayload,
    report: ReportBuilder,
    name: (metric: SparkplugMetric) => Result<MetricDefinition, Refusal>,
  ): void {
    const prefix = this.#view.prefix(topic);
    for (const metric of payload.metrics) {
      const named = metric.ok ? name(metric.value) : metric;
      if (!named.ok) report.refuse(named.error);
      else if (metric.ok && !isControl(named.value.name)) addMetric(prefix, payload, metric.value, named.value, report);
    }
    if (payload.untaken > 0) {
      const detail = `${payload.untaken} metrics past those that are read`;
      report.refuse({ code: 'too_many_values', detail, values: payload.untaken });
    }
  }
}

/**
 * Sparkplug B (Eclipse Sparkplug 3.0, namespace `spBv1.0`), one or more edge nodes by topic filter, best `spBv1.0/<group>/+/<edge>/#`: only such a filter
 * sees all messages of a node, so that gaps in their sequence are found, and only one with `+` for the message type sees births.
 *
 * Channel: `<metric>` for metrics of the node, `<device>/<metric>` for those of its devices; when the filter leaves the edge node open, `<edge>/` stands
 * before both, and when it leaves the group open, `<group>/<edge>/`. Birth and data messages give measurements; text, times, bytes, tables and templates
 * are none. Units come from the property `engUnit`, a quality from `Quality`. A gap, data before a birth or an unknown alias asks the node for a rebirth,
 * at most once in 5 s; what can be named is taken all the same.
 */
export const sparkplugB: Profile = {
  name: 'sparkplug_b',
  createReader: ({ topic }) => new SparkplugReader(topic),
};
