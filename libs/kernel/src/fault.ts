/** Bad input, said so that its author can mend it. */
export interface Fault {
  /** The file, relative to what was checked. */
  readonly file: string;
  /** Where in the file: a dotted path such as `venues[2].grid.import_limit_kw`, or a row and column. Empty for the whole file. */
  readonly path: string;
  /** The value found, as text; at most 80 characters. Absent where something is missing. */
  readonly value?: string;
  /** The rule that it breaks, as a stable name such as `positive` or `unknown_stop`. */
  readonly rule: string;
  /** A sentence: what is wrong, and perhaps what would be right. */
  readonly message: string;
}

/** `file: path: message (value) [rule]`. */
export const formatFault = (fault: Fault): string =>
  [
    fault.file,
    ...(fault.path === '' ? [] : [fault.path]),
    `${fault.message}${fault.value === undefined ? '' : ` (found ${fault.value})`} [${fault.rule}]`,
  ].join(': ');

/** A value as a fault shows it: JSON, cut at 80 characters. */
export const showValue = (value: unknown): string => {
  const text = (JSON.stringify(value) as string | undefined) ?? 'undefined';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
};
