import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';

import { errorMessage } from '#libs/kernel';

import { DataError } from './data-error.js';

/** Text of a file of the data folder. */
export const readText = async (folder: string, file: string): Promise<string> => {
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch (error) {
    throw new DataError(
      `${file} is missing in ${folder}: ${errorMessage(error)}. Give the folder that holds it with --data.`,
    );
  }
};

export const readJson = async (folder: string, file: string): Promise<unknown> => {
  const text = await readText(folder, file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DataError(`${join(folder, file)} is no JSON: ${errorMessage(error)}.`);
  }
};

/** A CSV file with a header, as columns of text. */
export class Table {
  readonly rows: number;
  readonly #file: string;
  readonly #header: readonly string[];
  readonly #cells: readonly (readonly string[])[];

  constructor(file: string, text: string) {
    let records: string[][];
    try {
      records = parse(text, { bom: true, skip_empty_lines: true, trim: true });
    } catch (error) {
      throw new DataError(`${file} is no CSV: ${errorMessage(error)}.`);
    }
    const [header = [], ...cells] = records;
    this.#file = file;
    this.#header = header;
    this.#cells = cells;
    this.rows = cells.length;
    if (cells.length === 0) throw new DataError(`${file} has no rows under its header.`);
  }

  texts(name: string): readonly string[] {
    const at = this.#header.indexOf(name);
    if (at < 0) throw new DataError(`${this.#file} has no column ${name}; it has ${this.#header.join(', ')}.`);
    return this.#cells.map((cells) => cells[at] ?? '');
  }

  /** `empty`: what an empty cell or NaN counts as; without it, they are refused. */
  numbers(name: string, empty?: number): readonly number[] {
    return this.texts(name).map((text, row) => this.#read(name, row, text, empty));
  }

  number(name: string, row: number): number {
    return this.#read(name, row, this.texts(name)[row] ?? '');
  }

  /** Undefined where the column is missing or the cell is empty. */
  findNumber(name: string, row: number): number | undefined {
    const text = this.#header.includes(name) ? (this.texts(name)[row] ?? '') : '';
    return isEmpty(text) ? undefined : this.#read(name, row, text);
  }

  #read(name: string, row: number, text: string, empty?: number): number {
    if (isEmpty(text) && empty !== undefined) return empty;
    const value = isEmpty(text) ? Number.NaN : Number(text);
    if (!Number.isFinite(value))
      throw new DataError(`${this.#file} row ${row + 2}, ${name}: it must be a number (found "${text}").`);
    return value;
  }
}

const isEmpty = (text: string): boolean => text === '' || text === 'NaN';

export const readTable = async (folder: string, file: string): Promise<Table> =>
  new Table(join(folder, file), await readText(folder, file));
