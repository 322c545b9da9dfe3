import { type ReactNode, type SubmitEvent, useId, useLayoutEffect, useRef } from 'react';

interface DialogProps {
  readonly title: string;
  readonly confirm: string;
  readonly danger?: boolean;
  /** False while what was entered cannot be sent. */
  readonly ready?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Asks before something is done. Escape and "Cancel" leave everything as it is. */
export const Dialog = ({ title, confirm, danger = false, ready = true, onConfirm, onClose, children }: DialogProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();

  // Closed before it leaves the page: so the browser gives the focus back to what it was opened from.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (ready) onConfirm();
  };

  return (
    <dialog ref={dialog} aria-labelledby={heading} onCancel={onClose}>
      <form onSubmit={submit}>
        <h2 id={heading}>{title}</h2>
        {children}
        <div className="buttons">
          <button type="submit" className={danger ? 'danger' : 'primary'} disabled={!ready}>
            {confirm}
          </button>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
};
