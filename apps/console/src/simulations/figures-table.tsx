import { figureText, isSure } from './figure-text.js';
import { indicatorWords } from './indicator-words.js';
import type { Figure, Figures } from './wire.js';

export interface FigureColumn {
  readonly key: string;
  readonly title: string;
  readonly of: Figures[string] | undefined;
  /** Bold where it is no chance. */
  readonly difference?: true;
}

interface FiguresTableProps {
  readonly caption: string;
  readonly columns: readonly FigureColumn[];
  /** Above them, each over so many columns. */
  readonly groups?: readonly { readonly key: string; readonly title: string; readonly columns: number }[];
  readonly currency: string;
}

const Cell = ({ figure, difference }: { readonly figure: Figure | undefined; readonly difference: boolean }) => {
  if (!figure) return <td className="number">–</td>;
  return (
    <td className="number">
      {difference && isSure(figure) ? <strong>{figureText(figure)}</strong> : figureText(figure)}
    </td>
  );
};

/** Indicators by row, and what is compared by column. */
export const FiguresTable = ({ caption, columns, groups, currency }: FiguresTableProps) => {
  // What happened, in the first column, has only some of them.
  const indicators = [...new Set(columns.toReversed().flatMap(({ of }) => Object.keys(of ?? {})))];
  return (
    <div className="figures" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          {groups && (
            <tr>
              <td />
              {groups.map(({ key, title, columns: count }) => (
                <th key={key} scope="colgroup" colSpan={count}>
                  {title}
                </th>
              ))}
            </tr>
          )}
          <tr>
            <th scope="col">Indicator</th>
            {columns.map(({ key, title }) => (
              <th key={key} scope="col" className="number">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {indicators.map((indicator) => (
            <tr key={indicator}>
              <th scope="row">{indicatorWords(indicator, currency)}</th>
              {columns.map(({ key, of, difference = false }) => (
                <Cell key={key} figure={of?.[indicator]} difference={difference} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
