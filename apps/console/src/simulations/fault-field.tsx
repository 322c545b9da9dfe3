import { type ReactNode, useId } from 'react';
import type { Fault } from '../api/problem.js';

interface FaultFieldProps {
  readonly label: string;
  /** Of the request: where the platform names what is wrong. */
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly children: (of: { readonly 'aria-invalid': boolean; readonly 'aria-describedby': string }) => ReactNode;
}

/** A form control under its label, with what is wrong with it beneath. */
export const FaultField = ({ label, path, faults, children }: FaultFieldProps) => {
  const id = useId();
  const own = faults.filter((fault) => fault.path === path);
  return (
    <div>
      <label>
        <span>{label}</span>
        {children({ 'aria-invalid': own.length > 0, 'aria-describedby': id })}
      </label>
      <p id={id} className="fault">
        {own.map(({ message }) => message).join(' ')}
      </p>
    </div>
  );
};
