import type { Correction, EnergyPlan } from '#libs/energy';
import { type EpochMs, floorTo, MINUTE_MS } from '#libs/kernel';
import { currentSetpoints, isFresh, type OverrideRule, type Plan } from '#libs/planning';
import { type SetpointMessage, topics } from '#libs/telemetry';
import type { BrokerLink } from '../broker-link.js';
import { holdSwitches, type SwitchRules } from './hold-switches.js';
import { MessageLog } from './message-log.js';

/** A setpoint outlives its slot by two energy cadences: one late cycle is no reason to fall back. */
export const GRACE_MS = 2 * 5 * MINUTE_MS;

/** A correction is renewed each minute, and ends by itself soon after nobody renews it. */
const CORRECTION_MS = 5 * MINUTE_MS;
const CORRECTIVE = 'corrective';

const OVERRIDE = 'override:';
const isOverride = (plan: string): boolean => plan.startsWith(OVERRIDE);

export interface SetpointCommand {
  readonly topic: string;
  readonly message: Pick<SetpointMessage, 'plan' | 'from' | 'valid_until' | 'value' | 'unit' | 'reason'>;
}

/**
 * What every asset is to be told at `now`. A plan that has run out says nothing. On an override's word the message names
 * `override:<id>` as its plan; it ends with the override, and while that lasts it is valid as long as a plan's would be. Corrections, by
 * `<venue>/<asset>`, stand over the plan, as `corrective` and with their reason.
 */
export const setpointCommands = (
  pack: SwitchRules,
  plan: (Pick<Plan, 'id' | 'valid_until'> & { readonly content: Pick<EnergyPlan, 'setpoints'> }) | undefined,
  overrides: readonly OverrideRule[],
  now: EpochMs,
  corrections: readonly Correction[] = [],
): readonly SetpointCommand[] => {
  const corrected = corrections.map((correction) => correctiveCommand(correction, now));
  const topicsCorrected = new Set(corrected.map(({ topic }) => topic));
  const planned = plan && isFresh(plan, now) ? plan.content.setpoints : [];
  const ends = new Map(overrides.map(({ id, until }) => [id, until]));
  const told = holdSwitches(pack, currentSetpoints(planned, overrides, now), overrides, now).map(
    ({ venue, asset, from_ms, until_ms, value, unit = 'kW', override }) => ({
      topic: topics.setpoint(venue, asset),
      message: {
        plan: override === null ? (plan?.id ?? '') : `${OVERRIDE}${override}`,
        from: from_ms,
        valid_until:
          override === null ? until_ms + GRACE_MS : Math.min(until_ms + GRACE_MS, ends.get(override) ?? until_ms),
        value,
        unit,
      },
    }),
  );
  return [...told.filter(({ topic }) => !topicsCorrected.has(topic)), ...corrected];
};

const correctiveCommand = ({ asset: key, value_kw, reason }: Correction, now: EpochMs): SetpointCommand => {
  const [venue = '', asset = ''] = key.split('/');
  const from = floorTo(now, MINUTE_MS);
  return {
    topic: topics.setpoint(venue, asset),
    message: {
      plan: CORRECTIVE,
      from,
      valid_until: from + CORRECTION_MS,
      value: Math.round(value_kw * 10) / 10,
      unit: 'kW',
      reason,
    },
  };
};

const isSame = (a: SetpointCommand['message'], b: SetpointCommand['message']): boolean =>
  a.plan === b.plan && a.from === b.from && a.valid_until === b.valid_until && a.value === b.value;

/** Keeps the retained setpoints true: what differs from what was said last is published under a new seq. */
export class SetpointPublisher {
  private readonly log = new MessageLog<SetpointCommand['message']>(isSame);

  constructor(
    private readonly link: Pick<BrokerLink, 'publishRetained'>,
    private readonly nextSeq: () => Promise<number>,
  ) {}

  forget(): void {
    this.log.forget();
  }

  async publish(commands: readonly SetpointCommand[], now: EpochMs): Promise<void> {
    const fresh = [...commands, ...this.withdrawals(commands, now)].filter(({ topic, message }) =>
      this.log.isNew(topic, message),
    );
    if (fresh.length === 0) return;
    const seq = await this.nextSeq();
    await Promise.all(
      fresh.map(async ({ topic, message }) => {
        const whole: SetpointMessage = { ...message, seq, issued: now };
        if (await this.link.publishRetained(topic, whole)) this.log.note(topic, message);
      }),
    );
  }

  /**
   * What no longer holds and nobody replaces is said once more as expired, so that the asset falls back at once: an override that a person ended early, a correction
   * that is over, or a load that a newer plan does not shed any more. What a plan that has run out said last holds until it expires.
   */
  private withdrawals(commands: readonly SetpointCommand[], now: EpochMs): readonly SetpointCommand[] {
    const spoken = new Set(commands.map(({ topic }) => topic));
    const isPlanned = (plan: string): boolean => !isOverride(plan) && plan !== CORRECTIVE;
    const planSpeaks = commands.some(({ message }) => isPlanned(message.plan));
    return this.log
      .entries()
      .filter(
        ([topic, { plan, valid_until }]) => !spoken.has(topic) && valid_until > now && (planSpeaks || !isPlanned(plan)),
      )
      .map(([topic, message]) => ({ topic, message: { ...message, valid_until: now } }));
  }
}
