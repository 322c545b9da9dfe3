/** Vehicles that leave together on one pattern in one slot, by kind. */
export interface Option {
  readonly kinds: readonly number[];
  readonly capacity: number;
  readonly accessible: number;
}

/** Vehicles that may leave together. */
const MOST_TOGETHER = 3;

export const NO_OPTION: Option = { kinds: [], capacity: 0, accessible: 0 };

/** Every way in which one to three vehicles of the kinds leave together. */
export const optionsOf = (
  kinds: readonly { readonly capacity: number; readonly accessible: number }[],
): readonly Option[] => {
  let last: readonly Option[] = [NO_OPTION];
  const options: Option[] = [];
  for (let together = 1; together <= MOST_TOGETHER; together += 1) {
    last = last.flatMap((option) =>
      kinds.flatMap(({ capacity, accessible }, kind) =>
        kind < (option.kinds.at(-1) ?? 0)
          ? []
          : [
              {
                kinds: [...option.kinds, kind],
                capacity: option.capacity + capacity,
                accessible: option.accessible + accessible,
              },
            ],
      ),
    );
    options.push(...last);
  }
  return options;
};

/** Of the options what may leave, at most so many vehicles, the cheapest first; without what is dearer than something of at least its size. A kind that cannot leave is infinitely dear. */
export const choicesAt = (
  options: readonly Option[],
  most: number,
  priceOf: (kind: number) => number,
): readonly { readonly option: number; readonly price: number }[] => {
  const choices: { option: number; price: number }[] = [];
  for (const [option, { kinds }] of options.entries()) {
    if (kinds.length > most) continue;
    let price = 0;
    for (const kind of kinds) price += priceOf(kind);
    if (price < Infinity) choices.push({ option, price });
  }
  choices.sort((a, b) => a.price - b.price);
  return choices.filter(({ option }, at) => {
    const own = options[option] ?? NO_OPTION;
    return !choices.slice(0, at).some((cheaper) => {
      const other = options[cheaper.option] ?? NO_OPTION;
      return other.capacity >= own.capacity && other.accessible >= own.accessible;
    });
  });
};
