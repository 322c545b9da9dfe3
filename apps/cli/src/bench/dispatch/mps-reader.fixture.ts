/** A model as MPS text says it, read without the writer's code. */
export interface MpsModel {
  readonly columns: ReadonlyMap<string, { lower: number; upper: number; integer: boolean }>;
  /** The first free row is the objective. */
  readonly rows: ReadonlyMap<string, { readonly sense: string; side: number; range: number }>;
  /** [row, column, coefficient] */
  readonly entries: readonly (readonly [row: string, column: string, coefficient: number])[];
}

/** Free MPS, as far as the bench writes it: one pair of name and number a line. */
export const readMps = (text: string): MpsModel => {
  const columns = new Map<string, { lower: number; upper: number; integer: boolean }>();
  const rows = new Map<string, { sense: string; side: number; range: number }>();
  const entries: (readonly [string, string, number])[] = [];
  let section = '';
  let integer = false;
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/);
    const [first = '', second = '', third = '', fourth] = words;
    if (!line.startsWith(' ')) {
      section = first;
    } else if (section === 'ROWS') {
      rows.set(second, { sense: first, side: 0, range: 0 });
    } else if (section === 'COLUMNS') {
      if (second === "'MARKER'") {
        integer = third === "'INTORG'";
        continue;
      }
      if (!columns.has(first)) columns.set(first, { lower: 0, upper: Infinity, integer });
      entries.push([second, first, Number(third)]);
    } else if (section === 'RHS' || section === 'RANGES') {
      const row = rows.get(second);
      if (!row) throw new Error(`There is no row ${second}.`);
      row[section === 'RHS' ? 'side' : 'range'] = Number(third);
    } else if (section === 'BOUNDS') {
      const column = columns.get(third);
      if (!column) throw new Error(`There is no column ${third}.`);
      const value = Number(fourth);
      if (first === 'FX' || first === 'LO') column.lower = value;
      if (first === 'FX' || first === 'UP') column.upper = value;
      if (first === 'FR' || first === 'MI') column.lower = -Infinity;
    }
  }
  return { columns, rows, entries };
};

/** What a solution breaks of the model, in words, and its objective. */
export const evaluateMps = (
  { columns, rows, entries }: MpsModel,
  values: Readonly<Record<string, number>>,
): { readonly objective: number; readonly broken: readonly string[] } => {
  const activity = new Map<string, number>();
  for (const [row, column, coefficient] of entries) {
    activity.set(row, (activity.get(row) ?? 0) + coefficient * (values[column] ?? NaN));
  }
  const less = (a: number, b: number): boolean => a <= b + 1e-6 * Math.max(1, Math.abs(b));
  const broken = [
    ...[...columns].flatMap(([name, { lower, upper, integer }]) => {
      const value = values[name] ?? NaN;
      const holds = less(lower, value) && less(value, upper) && (!integer || Number.isInteger(value));
      return holds ? [] : [`column ${name} is ${value}, of ${lower} to ${upper}`];
    }),
    ...[...rows].flatMap(([name, { sense, side, range }]) => {
      if (sense === 'N') return [];
      const lower = sense === 'L' ? -Infinity : side;
      const upper = sense === 'G' ? (range === 0 ? Infinity : side + range) : side;
      const value = activity.get(name) ?? 0;
      return less(lower, value) && less(value, upper) ? [] : [`row ${name} is ${value}, of ${lower} to ${upper}`];
    }),
  ];
  const [objective = ''] = [...rows].find(([, { sense }]) => sense === 'N') ?? [];
  // The constant stands on the other side.
  return { objective: (activity.get(objective) ?? 0) - (rows.get(objective)?.side ?? 0), broken };
};
