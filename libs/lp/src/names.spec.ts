import { describe, expect, it } from '@jest/globals';
import { Names } from './names.js';
import { SparseBuilder } from './sparse-builder.js';

describe('Names', () => {
  it('are a text, and a place behind it where there is one', () => {
    const names = new Names();
    expect([names.add('peak'), names.add('import', 0), names.add('import', 17)]).toEqual([0, 1, 2]);
    expect(names.list()).toEqual(['peak', 'import 0', 'import 17']);
    expect([names.textAt(2), names.placeAt(2), names.placeAt(0)]).toEqual(['import', 17, -1]);
    names.add('export', 3);
    expect(names.list()).toHaveLength(4);
  });

  it('stand in errors as they stand in the model', () => {
    const builder = new SparseBuilder('places');
    builder.addColumn('import', {}, 3);
    expect(builder.build().columnNames).toEqual(['import 3']);
    expect(() => builder.addRow('peak', { lower: 2, upper: 1 }, 4)).toThrow('row peak 4 must hold a number');
  });
});
