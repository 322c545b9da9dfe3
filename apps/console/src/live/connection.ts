import { RequestError } from '../api/problem.js';
import { waitAfter } from './backoff.js';

export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** The platform answers, but not from its database; the picture stands. */
  | { readonly state: 'degraded'; readonly sinceMs: number; readonly reason: string }
  | { readonly state: 'lost'; readonly sinceMs: number; readonly reason: string }
  | { readonly state: 'login' };

/** An open event stream. */
export interface Stream {
  close(): void;
}

export interface StreamEvents {
  readonly onPicture: (text: string) => void;
  readonly onDegraded: (text: string) => void;
  readonly onError: () => void;
}

/** What the connection needs of its surroundings; times are wall time, ms. */
export interface Surroundings<Picture> {
  readonly fetchPicture: () => Promise<Picture>;
  readonly openStream: (events: StreamEvents) => Stream;
  readonly parse: (text: string) => Picture;
  readonly now: () => number;
  /** Calls back once after `ms`; returns a cancel. */
  readonly after: (ms: number, call: () => void) => () => void;
  readonly onPicture: (picture: Picture) => void;
  readonly onConnection: (connection: Connection) => void;
}

/** A stream without an event for so long is dead, whatever the socket says: the platform sends about one a second. */
const SILENCE_MS = 15_000;

/**
 * Keeps a picture of the platform up to date: fetches it, then follows the event stream, and starts over with growing
 * waits when either fails. The last picture stays; `onConnection` says how far it can be trusted.
 */
export class LiveConnection<Picture> {
  readonly #around: Surroundings<Picture>;
  #stream: Stream | undefined;
  #cancelTimer: () => void = () => undefined;
  #failures = 0;
  #connection: Connection = { state: 'connecting' };
  #attempt = 0;

  constructor(around: Surroundings<Picture>) {
    this.#around = around;
  }

  /** Connects now, at first or after a login or at a person's wish. */
  async connect(): Promise<void> {
    this.stop();
    const attempt = this.#attempt;
    try {
      const picture = await this.#around.fetchPicture();
      if (attempt !== this.#attempt) return;
      this.#accept(picture);
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.#fail(error);
      return;
    }
    this.#stream = this.#around.openStream({
      onPicture: (text) => this.#accept(this.#around.parse(text)),
      onDegraded: (text) => this.#degrade(text),
      onError: () => this.#fail(new RequestError(0, 'The event stream ended.')),
    });
  }

  stop(): void {
    this.#attempt += 1;
    this.#cancelTimer();
    this.#stream?.close();
    this.#stream = undefined;
  }

  #accept(picture: Picture): void {
    this.#failures = 0;
    this.#around.onPicture(picture);
    this.#report({ state: 'live' });
    this.#watch();
  }

  #degrade(text: string): void {
    this.#report({ state: 'degraded', sinceMs: this.#troubleSince(), reason: text });
    this.#watch();
  }

  #troubleSince(): number {
    return 'sinceMs' in this.#connection ? this.#connection.sinceMs : this.#around.now();
  }

  #watch(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#around.after(SILENCE_MS, () =>
      this.#fail(new RequestError(0, 'The event stream fell silent.')),
    );
  }

  #fail(error: unknown): void {
    this.stop();
    if (error instanceof RequestError && error.status === 401) {
      this.#report({ state: 'login' });
      return;
    }
    const reason = error instanceof Error ? error.message : String(error);
    const unwell = error instanceof RequestError && error.status === 503;
    this.#report({ state: unwell ? 'degraded' : 'lost', sinceMs: this.#troubleSince(), reason });
    this.#failures += 1;
    this.#cancelTimer = this.#around.after(waitAfter(this.#failures), () => void this.connect());
  }

  #report(connection: Connection): void {
    if (connection.state === 'live' && this.#connection.state === 'live') return;
    this.#connection = connection;
    this.#around.onConnection(connection);
  }
}
