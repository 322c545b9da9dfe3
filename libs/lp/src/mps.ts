import { type AnyModel, toSparse } from './sparse.js';

/** The row of the objective in MPS text. */
const OBJECTIVE = 'objective';

/**
 * The model in free MPS (fields parted by blanks, names as they are), the same text for the same model and every number in full. By the format's
 * custom the constant of the objective stands under RHS with the other sign. A name that MPS cannot hold throws an Error.
 */
export const writeMps = (model: AnyModel): string => {
  const { name, columnNames, rowNames, arrays } = toSparse(model);
  for (const text of [...columnNames, ...rowNames]) requireName(text);
  const lines = [`NAME ${name.replace(/\s+/g, '_')}`, 'OBJSENSE', ' MIN', 'ROWS', ` N ${OBJECTIVE}`];
  const senses = rowNames.map((row, i) => {
    const sense = senseOf(arrays.rowLower[i] ?? -Infinity, arrays.rowUpper[i] ?? Infinity);
    lines.push(` ${sense} ${row}`);
    return sense;
  });
  lines.push('COLUMNS');
  const { starts, rows, values } = byColumn(arrays, columnNames.length);
  let integer = false;
  const setInteger = (wanted: boolean): void => {
    if (wanted !== integer) lines.push(` MARKER 'MARKER' '${wanted ? 'INTORG' : 'INTEND'}'`);
    integer = wanted;
  };
  columnNames.forEach((column, j) => {
    setInteger(arrays.integer[j] === 1);
    // The cost also of nothing, so that every column is named.
    lines.push(` ${column} ${OBJECTIVE} ${arrays.cost[j] ?? 0}`);
    for (let at = starts[j] ?? 0; at < (starts[j + 1] ?? 0); at += 1) {
      lines.push(` ${column} ${rowNames[rows[at] ?? 0] ?? ''} ${values[at] ?? 0}`);
    }
  });
  setInteger(false);
  lines.push('RHS');
  if (arrays.constant !== 0) lines.push(` RHS ${OBJECTIVE} ${-arrays.constant}`);
  const ranges: string[] = [];
  rowNames.forEach((row, i) => {
    const [lower, upper] = [arrays.rowLower[i] ?? -Infinity, arrays.rowUpper[i] ?? Infinity];
    const side = senses[i] === 'L' ? upper : lower;
    if (senses[i] !== 'N' && side !== 0) lines.push(` RHS ${row} ${side}`);
    if (senses[i] === 'G' && upper < Infinity) ranges.push(` RANGES ${row} ${upper - lower}`);
  });
  if (ranges.length > 0) lines.push('RANGES', ...ranges);
  lines.push('BOUNDS');
  columnNames.forEach((column, j) => {
    const bounds = boundsOf(arrays.lower[j] ?? 0, arrays.upper[j] ?? Infinity, arrays.integer[j] === 1);
    for (const [kind, value] of bounds)
      lines.push(` ${kind} BOUNDS ${column}${value === undefined ? '' : ` ${value}`}`);
  });
  lines.push('ENDATA', '');
  return lines.join('\n');
};

const requireName = (name: string): void => {
  if (!/^[^\s*$][^\s]*$/.test(name) || name === OBJECTIVE) {
    throw new Error(
      `MPS cannot hold the name "${name}": names have no blanks, do not begin with * or $ and are not ${OBJECTIVE}.`,
    );
  }
};

const senseOf = (lower: number, upper: number): 'N' | 'E' | 'G' | 'L' => {
  if (lower === upper) return 'E';
  if (lower > -Infinity) return 'G';
  return upper < Infinity ? 'L' : 'N';
};

/** Bounds as MPS says them. Those of integers are always written: readers differ in what they take for granted. */
const boundsOf = (
  lower: number,
  upper: number,
  integer: boolean,
): readonly (readonly [string, number | undefined])[] => {
  if (lower === upper) return [['FX', lower]];
  if (lower === -Infinity && upper === Infinity) return [['FR', undefined]];
  return [
    ...(lower === -Infinity ? [['MI', undefined] as const] : lower !== 0 ? [['LO', lower] as const] : []),
    ...(upper < Infinity ? [['UP', upper] as const] : integer ? [['PL', undefined] as const] : []),
  ];
};

const byColumn = (
  { starts, indices, values }: { starts: Int32Array; indices: Int32Array; values: Float64Array },
  width: number,
): { starts: Int32Array; rows: Int32Array; values: Float64Array } => {
  const turned = { starts: new Int32Array(width + 1), rows: new Int32Array(indices.length), values: values.slice() };
  for (const column of indices) turned.starts[column + 1] = (turned.starts[column + 1] ?? 0) + 1;
  for (let j = 0; j < width; j += 1) turned.starts[j + 1] = (turned.starts[j + 1] ?? 0) + (turned.starts[j] ?? 0);
  const next = turned.starts.slice();
  for (let row = 0; row + 1 < starts.length; row += 1) {
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at += 1) {
      const column = indices[at] ?? 0;
      const place = next[column] ?? 0;
      turned.rows[place] = row;
      turned.values[place] = values[at] ?? 0;
      next[column] = place + 1;
    }
  }
  return turned;
};
