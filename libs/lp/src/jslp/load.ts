import jslpModule from 'javascript-lp-solver';

type Jslp = (typeof jslpModule)['default'];

/** The solver object. The package types its default export as CommonJS, Node hands out the ES module: hence the look at what came. */
export const loadJslp = (): Jslp => {
  const solver: unknown = jslpModule;
  if (!isJslp(solver)) throw new Error('The package javascript-lp-solver exports no Solve function.');
  return solver;
};

const isJslp = (value: unknown): value is Jslp =>
  typeof value === 'object' && value !== null && 'Solve' in value && typeof value.Solve === 'function';
