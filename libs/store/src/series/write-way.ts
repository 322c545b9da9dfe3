/** Batches after one with a duplicate that are not tried by COPY: a redelivered backlog fails once, not batch by batch. */
const INSERTS_AFTER_DUPLICATE = 50;

/** Which way the next batch goes: by COPY, which takes only new rows, or by `insert ... on conflict do nothing`. */
export class WriteWay {
  private inserts = 0;

  next(): 'copy' | 'insert' {
    if (this.inserts === 0) return 'copy';
    this.inserts -= 1;
    return 'insert';
  }

  /** A COPY met a row that was there. */
  metDuplicate(): void {
    this.inserts = INSERTS_AFTER_DUPLICATE;
  }
}
