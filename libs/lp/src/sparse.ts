import type { ModelArrays } from './arrays.js';
import { toArrays } from './arrays.js';
import type { LinearModel } from './model.js';

/** A linear or mixed-integer model, to be minimised, as numbers in rows: for models of some hundred thousand columns. `LinearModel` is the one to read. */
export interface SparseModel {
  readonly name: string;
  readonly columnNames: readonly string[];
  readonly rowNames: readonly string[];
  readonly arrays: ModelArrays;
}

/** Either form of a model. */
export type AnyModel = LinearModel | SparseModel;

export const toSparse = (model: AnyModel): SparseModel =>
  'arrays' in model
    ? model
    : {
        name: model.name,
        columnNames: model.variables.map(({ name }) => name),
        rowNames: model.constraints.map(({ name }) => name),
        arrays: toArrays(model),
      };

/** The model with other numbers, and the names of the rows that they have more. Its names are put together when somebody asks for them, as the model's own are. */
export const withArrays = (model: SparseModel, arrays: ModelArrays, more: readonly string[] = []): SparseModel => ({
  name: model.name,
  get columnNames() {
    return model.columnNames;
  },
  get rowNames() {
    return more.length === 0 ? model.rowNames : [...model.rowNames, ...more];
  },
  arrays,
});
