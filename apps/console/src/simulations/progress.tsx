interface ProgressProps {
  readonly label: string;
  /** From 0 to 1. */
  readonly ratio: number;
  readonly words: string;
}

/** How far a run is, as a bar with its words beside it. */
export const Progress = ({ label, ratio, words }: ProgressProps) => (
  <span className="progress">
    <progress aria-label={`Progress of ${label}`} max={1} value={ratio} />
    <span>{words}</span>
  </span>
);
