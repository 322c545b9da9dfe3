import { Field } from '../controls/field.js';
import { EndFields, type PowerFieldsProps } from './end-fields.js';

/** Which transfer switch stays on which connection, and until when. */
export const SwitchFields = ({ draft, change, venues, feeders, zone, now }: PowerFieldsProps) => {
  const all = venues.flatMap((venue) => venue.switches.map((one) => ({ venue, one })));
  const chosen = all.findIndex(({ venue, one }) => venue.id === draft.venue && one.id === draft.switch);
  const { connections = [], position = null } = all[chosen]?.one ?? {};
  const choose = (at: string) => {
    const found = at === '' ? undefined : all[Number(at)];
    change({ venue: found?.venue.id ?? '', switch: found?.one.id ?? '', connection: '' });
  };
  return (
    <>
      <Field label="Transfer switch">
        <select required value={chosen < 0 ? '' : chosen} onChange={(event) => choose(event.target.value)}>
          <option value="">Choose…</option>
          {all.map(({ venue, one }, at) => (
            <option key={`${venue.id} ${one.id}`} value={at}>
              {venue.name}: {one.id}
            </option>
          ))}
        </select>
      </Field>
      <Field label="Connection">
        <select required value={draft.connection} onChange={(event) => change({ connection: event.target.value })}>
          <option value="">Choose…</option>
          {connections.map(({ id, feeder }, at) => (
            <option key={id} value={id}>
              {id}, {feeders.find((one) => one.id === feeder)?.name ?? feeder}
              {position === at + 1 && ' (closed now)'}
            </option>
          ))}
        </select>
      </Field>
      <EndFields draft={draft} change={change} zone={zone} now={now} />
    </>
  );
};
