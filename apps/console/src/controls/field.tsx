import type { ReactNode } from 'react';

/** A form control under its label. */
export const Field = ({ label, full, children }: { label: string; full?: boolean; children: ReactNode }) => (
  <label className={full ? 'full' : undefined}>
    <span>{label}</span>
    {children}
  </label>
);
