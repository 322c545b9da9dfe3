import { errorMessage } from '#libs/kernel';

export interface CycleReports {
  /** The run before was still under way. */
  readonly skipped: () => void;
  /** A run failed; `isNews` is false while the message stays the same, so that it is counted each time and logged once. */
  readonly failed: (message: string, isNews: boolean) => void;
  /** The first run that worked after one that failed. */
  readonly recovered: () => void;
}

/** Something done again and again, never twice at once. A failure is reported once until it changes, and the next tick tries again. */
export class Cycle {
  private under: Promise<void> | undefined;
  private complaint: string | undefined;
  private stopped = false;

  constructor(
    private readonly run: () => Promise<void>,
    private readonly reports: CycleReports,
  ) {}

  /** Starts a run, or reports a skip. Never throws. */
  tick(): void {
    if (this.stopped) return;
    if (this.under) {
      this.reports.skipped();
      return;
    }
    this.under = this.once().finally(() => (this.under = undefined));
  }

  /** Resolves when no run is under way; no further one starts. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.under;
  }

  private async once(): Promise<void> {
    try {
      await this.run();
      if (this.complaint !== undefined) this.reports.recovered();
      this.complaint = undefined;
    } catch (error) {
      const message = errorMessage(error);
      if (this.stopped) return;
      const isNews = message !== this.complaint;
      this.complaint = message;
      this.reports.failed(message, isNews);
    }
  }
}
