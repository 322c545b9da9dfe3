import { Dialog } from './dialog.js';

interface ConfirmDialogProps {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks "do you mean it", saying what will happen. */
export const ConfirmDialog = ({ text, ...dialog }: ConfirmDialogProps) => (
  <Dialog {...dialog}>
    <p>{text}</p>
  </Dialog>
);
