interface StreamEvent {
  readonly event: string;
  readonly data: string;
  readonly id: string;
}

/** A client of the event stream. Always `close` it. */
export class StreamReader {
  private readonly decoder = new TextDecoder();
  private text = '';

  private constructor(
    readonly response: Response,
    private readonly reader: ReadableStreamDefaultReader<Uint8Array>,
    private readonly abort: AbortController,
  ) {}

  static async open(url: string, headers: Record<string, string> = {}): Promise<StreamReader> {
    const abort = new AbortController();
    const response = await fetch(`${url}/api/v1/stream`, { headers, signal: abort.signal });
    if (!response.body) throw new Error('The stream has no body.');
    return new StreamReader(response, response.body.getReader(), abort);
  }

  /** The next event of a name, others skipped. Rejects when the stream ends. */
  async next(name: string): Promise<StreamEvent> {
    for (;;) {
      const end = this.text.indexOf('\n\n');
      if (end < 0) {
        const { done, value } = await this.reader.read();
        if (done) throw new Error('The stream has ended.');
        this.text += this.decoder.decode(value, { stream: true });
        continue;
      }
      const block = this.text.slice(0, end);
      this.text = this.text.slice(end + 2);
      const field = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(block)?.[1] ?? '';
      if (field('event') === name) return { event: name, data: field('data'), id: field('id') };
    }
  }

  close(): void {
    this.abort.abort();
  }
}
