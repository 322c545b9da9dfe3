import { Field } from '../controls/field.js';
import { EndFields, type PowerFieldsProps } from './end-fields.js';

/** Which feeder, connection or generator gives no power, and until when. */
export const OutageFields = ({ draft, change, venues, feeders, zone, now }: PowerFieldsProps) => {
  const connections = venues.flatMap((venue) =>
    venue.connections.map(({ id }) => [id, `${venue.name}: ${id}`] as const),
  );
  const generators = venues.flatMap((venue) =>
    venue.generators.map((id) => [`${venue.id}/${id}`, `${venue.name}: ${id}`] as const),
  );
  return (
    <>
      <Field label="What has no power">
        <select required value={draft.dead} onChange={(event) => change({ dead: event.target.value })}>
          <option value="">Choose…</option>
          <Choices title="Feeders" of="feeder" choices={feeders.map(({ id, name }) => [id, name])} />
          <Choices title="Connections" of="connection" choices={connections} />
          <Choices title="Generators" of="generator" choices={generators} />
        </select>
      </Field>
      <EndFields draft={draft} change={change} zone={zone} now={now} />
    </>
  );
};

interface ChoicesProps {
  readonly title: string;
  readonly of: string;
  /** Each id with its name. */
  readonly choices: readonly (readonly [string, string])[];
}

const Choices = ({ title, of, choices }: ChoicesProps) =>
  choices.length > 0 && (
    <optgroup label={title}>
      {choices.map(([id, name]) => (
        <option key={id} value={`${of} ${id}`}>
          {name}
        </option>
      ))}
    </optgroup>
  );
