import { numberText } from './figure-text.js';
import { indicatorWords } from './indicator-words.js';
import { ledgerWords } from './ledger-words.js';
import type { Ledger, LedgerDay } from './wire.js';

const maybe = (value: number | null): string => (value === null ? '–' : numberText(value));

const DayRows = ({ page, currency }: { readonly page: LedgerDay; readonly currency: string }) => (
  <tbody>
    <tr>
      <th scope="rowgroup" colSpan={4}>
        {page.day} <span className="muted">{ledgerWords(page)}</span>
      </th>
    </tr>
    {Object.entries(page.indicators).map(([indicator, { predicted, happened, difference, within }]) => (
      <tr key={indicator}>
        <th scope="row">{indicatorWords(indicator, currency)}</th>
        <td className="number">
          {predicted ? (
            <>
              {numberText(predicted.mean)}{' '}
              <span className="muted">
                ({numberText(predicted.low)} to {numberText(predicted.high)})
              </span>
            </>
          ) : (
            '–'
          )}
        </td>
        <td className="number">{maybe(happened)}</td>
        <td className="number">{within === false ? <strong>{maybe(difference)}</strong> : maybe(difference)}</td>
      </tr>
    ))}
  </tbody>
);

interface LedgerTableProps {
  readonly days: readonly LedgerDay[];
  readonly currency: string;
}

/** Days, newest first, each with its indicators. */
export const LedgerTable = ({ days, currency }: LedgerTableProps) => (
  <div className="figures long" tabIndex={0} role="region" aria-label="Predicted and happened by day">
    <table>
      <thead>
        <tr>
          <th scope="col">Day and indicator</th>
          <th scope="col" className="number">
            predicted
          </th>
          <th scope="col" className="number">
            happened
          </th>
          <th scope="col" className="number">
            difference
          </th>
        </tr>
      </thead>
      {days.map((page) => (
        <DayRows key={page.day} page={page} currency={currency} />
      ))}
    </table>
  </div>
);

interface AccuracyTableProps {
  readonly ledger: Ledger;
  readonly currency: string;
}

/** How good predictions were over all days that are kept. */
export const AccuracyTable = ({ ledger: { accuracy, confidence }, currency }: AccuracyTableProps) => (
  <div className="figures" tabIndex={0} role="region" aria-label="How good predictions were">
    <table>
      <thead>
        <tr>
          <th scope="col">All days that are kept</th>
          <th scope="col" className="number">
            within its {numberText(confidence * 100)} % interval
          </th>
          <th scope="col" className="number">
            mean difference
          </th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(accuracy).map(([indicator, { days, within, mean_error }]) => (
          <tr key={indicator}>
            <th scope="row">{indicatorWords(indicator, currency)}</th>
            <td className="number">
              {within} of {days}
            </td>
            <td className="number">{numberText(mean_error)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
