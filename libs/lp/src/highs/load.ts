import highsModule, { type Highs } from 'highs';

type Loader = (typeof highsModule)['default'];

/** Loads the WebAssembly build, about 0.1 s. The package types its default export as CommonJS, Node hands out the ES module: hence the look at what came. */
export const loadHighs = (): Promise<Highs> => {
  const loader: unknown = highsModule;
  if (!isLoader(loader)) throw new Error('The package highs exports no loader function.');
  return loader();
};

const isLoader = (value: unknown): value is Loader => typeof value === 'function';
