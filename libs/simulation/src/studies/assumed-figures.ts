import { z } from 'zod';

/** Of figures.yaml what is needed to vary it; the rest is kept. */
export const figuresFile = z.looseObject({
  figures: z.array(
    z.looseObject({
      id: z.string().min(1),
      value: z.union([z.number(), z.array(z.number())]).or(z.unknown()),
      unit: z.string(),
      basis: z.enum(['public', 'assumed']),
    }),
  ),
});

export type FiguresFile = z.infer<typeof figuresFile>;

/** Names, not quantities: another seed or place is another pack, not another assumption about it. */
const NOT_VARIED = new Set(['seed', 'position']);

const kindOf = (id: string): string => id.slice(id.lastIndexOf('.') + 1);

/** Kinds of assumed figures that can be scaled, and how many there are of each, in the file's order. */
export const listAssumed = ({ figures }: FiguresFile): ReadonlyMap<string, number> => {
  const kinds = new Map<string, number>();
  for (const { id, value, basis } of figures) {
    const kind = kindOf(id);
    const isQuantity =
      typeof value === 'number' || (Array.isArray(value) && value.every((one) => typeof one === 'number'));
    if (basis === 'assumed' && isQuantity && !NOT_VARIED.has(kind)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return kinds;
};

/** All assumed figures of a kind times a factor: whole numbers stay whole, and what was a share stays one. */
export const scaleAssumed = (file: FiguresFile, kind: string, factor: number): FiguresFile => {
  const scale = (value: unknown, unit: string): unknown => {
    if (Array.isArray(value)) return value.map((one) => scale(one, unit));
    if (typeof value !== 'number') return value;
    const scaled = Number.isInteger(value) && value > 1 ? Math.max(1, Math.round(value * factor)) : value * factor;
    return unit.startsWith('ratio') && value <= 1 ? Math.min(1, scaled) : scaled;
  };
  return {
    ...file,
    figures: file.figures.map((figure) =>
      figure.basis === 'assumed' && kindOf(figure.id) === kind
        ? { ...figure, value: scale(figure.value, figure.unit) }
        : figure,
    ),
  };
};
