import type { PointState } from '../api/wire.js';
import type { Level } from '../controls/level.js';
import { StateWord } from '../controls/state-word.js';
import { UNKNOWN } from '../format/quantity.js';
import { formatAge } from './age.js';
import { formatValue } from './format-value.js';
import { qualityWords } from './quality-words.js';
import type { Point } from './wire.js';

const STATE_LEVELS: Readonly<Record<PointState, Level>> = { live: 'good', stale: 'bad', never: 'none' };
const STATE_WORDS: Readonly<Record<PointState, string>> = { live: 'live', stale: 'stale', never: 'never heard' };
const QUALITY_LEVELS = { good: 'good', uncertain: 'warn', bad: 'bad' } as const;

const sourceWords = ({ source, device, profile }: Point): string => {
  if (device === null) return source;
  return device === source ? `${device}, ${profile ?? ''}` : `${device}, ${profile ?? ''}, by ${source}`;
};

/** One point: its newest value, whether to trust it, and how old it is. */
export const PointRow = ({ point, now }: { readonly point: Point; readonly now: number }) => {
  const { quality, reasons } = point;
  const why = qualityWords(reasons);
  return (
    <tr>
      <th scope="row">
        <span className="name">{point.point}</span>{' '}
        <span className="muted detail">{point.kind.replaceAll('_', ' ')}</span>
      </th>
      <td data-label="State">
        <StateWord level={STATE_LEVELS[point.state]}>{STATE_WORDS[point.state]}</StateWord>
      </td>
      <td className="number" data-label="Value">
        {formatValue(point.value, point.unit)}
      </td>
      <td className="wide why" data-label="Quality">
        <span>
          {quality === null ? UNKNOWN : <StateWord level={QUALITY_LEVELS[quality]}>{quality}</StateWord>}
          {why !== '' && <span className="muted"> {why}</span>}
        </span>
      </td>
      <td className="wide" data-label="Last seen">
        {formatAge(point.last_seen_ms, now)}
      </td>
      <td className="wide muted" data-label="Source">
        {sourceWords(point)}
      </td>
    </tr>
  );
};
