import { useState } from 'react';
import { Dialog } from './dialog.js';
import { Field } from './field.js';

interface ReasonDialogProps {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly onConfirm: (reason: string) => void;
  readonly onClose: () => void;
}

/** Asks for a reason, which is kept with the action. */
export const ReasonDialog = ({ title, text, confirm, onConfirm, onClose }: ReasonDialogProps) => {
  const [reason, setReason] = useState('');
  const given = reason.trim();
  return (
    <Dialog
      title={title}
      confirm={confirm}
      danger
      ready={given !== ''}
      onConfirm={() => onConfirm(given)}
      onClose={onClose}
    >
      <p>{text}</p>
      <Field label="Reason (kept with the plan)">
        <input required maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Dialog>
  );
};
