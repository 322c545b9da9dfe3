export const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Something that should not be as it is, now. */
export interface Condition {
  /** Stable: `<what>:<where>`, so that the same trouble is the same alarm. */
  readonly id: string;
  readonly priority: Priority;
  /** What is wrong, with the value and the limit. */
  readonly text: string;
  /** What to do about it. */
  readonly advice: string;
  /** Over its threshold. False: only above where the alarm may clear, so a standing alarm stands on and no new one is raised. */
  readonly raises: boolean;
}
