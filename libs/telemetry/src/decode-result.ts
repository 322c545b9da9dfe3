import { type EpochMs, epochMs, fail, ok, type Result, showValue } from '#libs/kernel';
import { decodeMessage, type Refusal } from './decode-json.js';
import { type ResultMessage, resultMessage } from './messages.js';
import type { PointDirectory } from './point-directory.js';
import { topicLevels } from './topics.js';

/** What a gateway or vehicle says became of a setpoint or of orders. */
export interface DecodedOutcome {
  readonly plan: string;
  readonly seq: number;
  readonly kind: 'setpoint' | 'orders';
  /** `<venue>/<asset>` or the vehicle. */
  readonly target: string;
  readonly state: ResultMessage['state'];
  readonly reason: string | null;
  /** kW, as the asset's meter shows it. */
  readonly measured: number | null;
  readonly at: EpochMs;
}

const addressOf = (topic: string): Pick<DecodedOutcome, 'kind' | 'target'> | undefined => {
  const [first, second, third, last, ...more] = topicLevels(topic) ?? [];
  if (more.length > 0 || !first || !second || !third) return undefined;
  if (second === 'setpoints' && last === 'result') return { kind: 'setpoint', target: `${first}/${third}` };
  if (first === 'vehicles' && third === 'orders' && last === 'result') return { kind: 'orders', target: second };
  return undefined;
};

/** Reads one message of a `result` topic; its venue and asset, or its vehicle, must be the pack's. Never throws. */
export const decodeResult = (
  topic: string,
  payload: Uint8Array,
  directory: Pick<PointDirectory, 'hasTarget'>,
): Result<DecodedOutcome, Refusal> => {
  const address = addressOf(topic);
  if (!address) return fail({ code: 'unknown_topic', detail: `${showValue(topic)} is no result topic` });
  const { kind, target } = address;
  if (!directory.hasTarget(kind, target)) {
    const name = kind === 'setpoint' ? 'asset' : 'vehicle';
    return fail({ code: `unknown_${name}`, detail: `the pack has no ${name} ${showValue(target)}` });
  }
  const decoded = decodeMessage(resultMessage, payload);
  if (!decoded.ok) return decoded;
  const { plan, seq, state, reason, measured, ts } = decoded.value;
  return ok({ ...address, plan, seq, state, reason: reason ?? null, measured: measured ?? null, at: epochMs(ts) });
};
