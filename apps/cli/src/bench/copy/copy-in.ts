import pg from 'pg';

const send = (connection: unknown, method: 'sendCopyFromChunk' | 'endCopyFrom', ...args: readonly Buffer[]): void => {
  if (typeof connection !== 'object' || connection === null) throw new Error('No connection.');
  const found: unknown = Reflect.get(connection, method);
  if (typeof found !== 'function') throw new Error(`This pg has no ${method}; pin 8.23.`);
  Reflect.apply(found, connection, args);
};

/** `copy … from stdin` with all its data at hand. Written against pg 8.23, whose queries are asked by `handleCopyInResponse` for what to send. */
class CopyIn extends pg.Query {
  constructor(
    statement: string,
    private readonly data: Buffer,
    callback: (error: Error | undefined) => void,
  ) {
    super(statement, callback);
  }

  handleCopyInResponse(connection: unknown): void {
    send(connection, 'sendCopyFromChunk', this.data);
    send(connection, 'endCopyFrom');
  }
}

/** Runs a `copy <table> (…) from stdin` with this text as its rows. */
export const copyIn = (client: pg.Client, statement: string, data: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    // pg answers null where there is no error.
    client.query(new CopyIn(statement, data, (error) => (error ? reject(error) : resolve())));
  });
