import { type Notice, type RuleCode, RULES, type Severity } from '../rules.js';

/** What one rule says of a feed. */
export interface RuleFinding {
  readonly rule: RuleCode;
  readonly severity: Severity;
  readonly count: number;
  readonly advice: string;
  /** The first of them, at most `MAX_SAMPLES`. */
  readonly notices: readonly Notice[];
}

/** Notices of one rule that are kept; the others are counted. */
export const MAX_SAMPLES = 50;

export interface NoticeBook {
  add(notice: Notice): void;
  /** By severity, then by rule. */
  findings(): readonly RuleFinding[];
}

const RANK: Readonly<Record<Severity, number>> = { ERROR: 0, WARNING: 1, INFO: 2 };

export const openNoticeBook = (): NoticeBook => {
  const pages = new Map<RuleCode, { count: number; readonly notices: Notice[] }>();
  return {
    add: (notice) => {
      const page = pages.get(notice.rule) ?? { count: 0, notices: [] };
      page.count += 1;
      if (page.notices.length < MAX_SAMPLES) page.notices.push(notice);
      pages.set(notice.rule, page);
    },
    findings: () =>
      [...pages]
        .map(([rule, { count, notices }]) => {
          const [severity, advice] = RULES[rule];
          return { rule, severity, count, advice, notices };
        })
        .sort((a, b) => RANK[a.severity] - RANK[b.severity] || (a.rule < b.rule ? -1 : 1)),
  };
};
