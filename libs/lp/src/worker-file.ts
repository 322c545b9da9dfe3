import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The built worker `<folder>/worker.js`: beside this file in `dist/`, or the same path under `dist/` when this file runs from source. */
export const findWorkerFile = (folder: 'highs' | 'jslp', here: string = import.meta.url): URL => {
  const file = here.endsWith('.ts')
    ? new URL(`../../../dist/libs/lp/src/${folder}/worker.js`, here)
    : new URL(`./${folder}/worker.js`, here);
  if (!existsSync(file)) {
    throw new Error(`The solver's worker ${fileURLToPath(file)} is missing. Run "npm run build" first.`);
  }
  return file;
};
