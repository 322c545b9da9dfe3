import { showValue } from '#libs/kernel';

/** What is wrong with a GTFS-Realtime message. */
export interface RealtimeFinding {
  /** As MobilityData's validator numbers them: E is an error, W a warning. Rules of our own have a name: an error. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  /** Where: `header`, or `<kind> <entity id>` and the field. */
  readonly path: string;
  readonly value?: string;
  readonly message: string;
}

export const finding = (rule: string, path: string, value: unknown, message: string): RealtimeFinding => ({
  rule,
  severity: /^W\d/.test(rule) ? 'warning' : 'error',
  path,
  ...(value !== undefined && { value: showValue(value) }),
  message,
});

/** The finding where the condition is broken, nothing where it holds. */
export const unless = (
  holds: boolean,
  rule: string,
  path: string,
  value: unknown,
  message: string,
): readonly RealtimeFinding[] => (holds ? [] : [finding(rule, path, value, message)]);
