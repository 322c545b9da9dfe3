import { useId } from 'react';
import { useResource } from '../api/use-resource.js';
import { Field } from '../controls/field.js';
import { EndFields, type EndFieldsProps } from './end-fields.js';

/** Which vehicle cannot drive, and until when. */
export const VehicleFields = ({ draft, change, zone, now }: EndFieldsProps) => (
  <>
    <Field label="Vehicle">
      <input
        required
        autoComplete="off"
        placeholder="bull-07"
        value={draft.vehicle}
        onChange={(event) => change({ vehicle: event.target.value })}
      />
    </Field>
    <EndFields draft={draft} change={change} zone={zone} now={now} />
  </>
);

/** Which road is closed, and until when. */
export const RoadFields = ({ draft, change, zone, now }: EndFieldsProps) => {
  const roads = useResource<{ readonly roads: readonly { readonly name: string }[] }>('/roads');
  const list = useId();
  return (
    <>
      <Field label="Road, by name or link">
        <input
          required
          autoComplete="off"
          list={list}
          value={draft.road}
          onChange={(event) => change({ road: event.target.value })}
        />
        <datalist id={list}>
          {roads.state === 'ready' && roads.value.roads.map(({ name }) => <option key={name} value={name} />)}
        </datalist>
      </Field>
      <EndFields draft={draft} change={change} zone={zone} now={now} />
    </>
  );
};
