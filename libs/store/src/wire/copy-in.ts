import type pg from 'pg';

/** What pg's connection has for COPY besides what its types say (pg 8). */
interface CopyConnection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** A `copy ... from stdin` with all its data at hand. pg calls these methods; it sets and calls `callback` for its time limit. */
class CopyIn implements pg.Submittable {
  private failed = false;

  constructor(
    private readonly statement: string,
    private readonly data: Buffer,
    public callback: (error: Error | null) => void,
  ) {}

  submit(connection: pg.Connection): void {
    connection.query(this.statement);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFromChunk(this.data);
    connection.endCopyFrom();
  }

  handleCommandComplete(): void {
    // The server says that it is ready next.
  }

  handleReadyForQuery(): void {
    if (!this.failed) this.callback(null);
  }

  handleError(error: Error): void {
    this.failed = true;
    this.callback(error);
  }
}

/** Resolves when the server has taken all rows; rejects with the server's error and its code. */
export const copyIn = (client: pg.ClientBase, statement: string, data: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    client.query(
      new CopyIn(statement, data, (error) => {
        if (error) reject(error);
        else resolve();
      }),
    );
  });
