import type { Fault } from '../api/problem.js';
import { isShown, type OverlayDraft } from './draft.js';
import { FaultField } from './fault-field.js';
import { kindOf, type OverlayField, PAIRED } from './overlay-fields.js';
import type { Vocabulary } from './wire.js';

interface OverlayRowProps {
  readonly overlay: OverlayDraft;
  readonly index: number;
  readonly words: Vocabulary | undefined;
  readonly faults: readonly Fault[];
  readonly change: (fields: OverlayDraft['fields']) => void;
  readonly remove: () => void;
}

interface ControlProps {
  readonly field: OverlayField;
  readonly value: string;
  readonly words: Vocabulary | undefined;
  readonly set: (value: string) => void;
  readonly of: { readonly 'aria-invalid': boolean; readonly 'aria-describedby': string };
}

const Control = ({ field, value, words, set, of }: ControlProps) => {
  const { type, empty, choices } = field;
  if (type !== 'choice' && type !== 'choices') {
    const mode = type === 'whole' ? 'numeric' : type === 'number' ? 'decimal' : undefined;
    return (
      <input
        {...of}
        type="text"
        inputMode={mode}
        placeholder={type === 'time' ? (empty ?? 'HH:MM') : empty}
        value={value}
        onChange={(event) => set(event.target.value)}
      />
    );
  }
  const known = words && choices ? choices(words) : [];
  const options = known.map((choice) => (
    <option key={choice.value} value={choice.value}>
      {choice.text}
    </option>
  ));
  if (type === 'choices')
    return (
      <select
        {...of}
        multiple
        size={3}
        value={value === '' ? [] : value.split(',')}
        onChange={(event) => set([...event.target.selectedOptions].map((option) => option.value).join(','))}
      >
        {options}
      </select>
    );
  return (
    <select {...of} value={value} onChange={(event) => set(event.target.value)}>
      {field.initial === undefined && (
        <option value="">{empty ?? (known.length === 0 ? 'There is none' : 'Choose…')}</option>
      )}
      {value !== '' && !known.some((choice) => choice.value === value) && <option value={value}>{value}</option>}
      {options}
    </select>
  );
};

/** Paths under which the platform names a field: the parts of a pair are two of them. */
const pathOf = (index: number, { name }: OverlayField): string => {
  const pair = Object.values(PAIRED).find(([field]) => field === name);
  return `overlays[${index}].${pair?.[1] ?? name}`;
};

/** One thing that is otherwise. */
export const OverlayRow = ({ overlay, index, words, faults, change, remove }: OverlayRowProps) => {
  const kind = kindOf(overlay.kind);
  const title = kind?.title ?? overlay.kind;
  const shown = (kind?.fields ?? []).filter((field) => isShown(field, overlay.fields));
  const placed = new Set(shown.map((field) => pathOf(index, field)));
  const others = faults.filter(
    ({ path }) => (path === `overlays[${index}]` || path.startsWith(`overlays[${index}].`)) && !placed.has(path),
  );
  return (
    <li className="overlay">
      <fieldset className="form">
        <legend>{title}</legend>
        {shown.map((field) => (
          <FaultField key={field.name} label={field.label} path={pathOf(index, field)} faults={faults}>
            {(of) => (
              <Control
                field={field}
                words={words}
                of={of}
                value={overlay.fields[field.name] ?? ''}
                set={(value) => change({ ...overlay.fields, [field.name]: value })}
              />
            )}
          </FaultField>
        ))}
        <button type="button" onClick={remove} aria-label={`Remove: ${title}`}>
          Remove
        </button>
      </fieldset>
      {others.length > 0 && <p className="fault">{others.map(({ message }) => message).join(' ')}</p>}
    </li>
  );
};
