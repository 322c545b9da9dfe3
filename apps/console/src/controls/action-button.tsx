import { type ReactNode, useLayoutEffect, useRef } from 'react';

interface ActionButtonProps {
  readonly busy: boolean;
  readonly onClick: () => void;
  readonly primary?: boolean;
  /** What it does, when the text beside it is needed to know. */
  readonly label?: string;
  readonly children: ReactNode;
}

/**
 * A button that keeps the keyboard's place: while busy it stays focusable and does nothing, and when it goes, because what it
 * was for is done, its panel takes the focus.
 */
export const ActionButton = ({ busy, onClick, primary = false, label, children }: ActionButtonProps) => {
  const button = useRef<HTMLButtonElement>(null);

  useLayoutEffect(() => {
    const element = button.current;
    return () => {
      if (element && element === document.activeElement) element.closest<HTMLElement>('section[tabindex]')?.focus();
    };
  }, []);

  return (
    <button
      ref={button}
      type="button"
      className={primary ? 'primary' : undefined}
      aria-disabled={busy}
      aria-label={label}
      onClick={() => {
        if (!busy) onClick();
      }}
    >
      {children}
    </button>
  );
};
