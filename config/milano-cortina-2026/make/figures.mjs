import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

/** The figures by id. A figure that nobody reads, or that has no source, is a mistake and is said. */
export const readFigures = (file) => {
  const { sources, figures } = parse(readFileSync(file, 'utf8'));
  const values = new Map();
  for (const { id, value, basis, source } of figures) {
    if (values.has(id)) throw new Error(`The figure ${id} is there twice.`);
    if (!['public', 'assumed'].includes(basis)) throw new Error(`The figure ${id} is neither public nor assumed.`);
    if (!(source in sources)) throw new Error(`The figure ${id} has no source ${source}.`);
    values.set(id, value);
  }
  const read = new Set();
  const find = (id) => {
    read.add(id);
    return values.get(id);
  };
  return {
    /** Undefined where there is none. */
    find,
    get: (id) => {
      const value = find(id);
      if (value === undefined) throw new Error(`figures.yaml has no ${id}.`);
      return value;
    },
    unread: () => [...values.keys()].filter((id) => !read.has(id)),
  };
};
