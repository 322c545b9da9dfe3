import { type Boardable, boardTier, type Room } from './boarding.js';
import type { Ride } from './contract.js';
import { PeopleQueue } from './people-queue.js';
import { type Person, personOf } from './people.js';

export interface Boarded {
  readonly person: Person;
  /** Index of the ride that he is on now. */
  readonly ride: number;
  /** Index of the call at which he gets off. */
  readonly alight: number;
}

/** People at stops, a queue for each ride. */
export class Stops {
  readonly people: readonly Person[];
  readonly #queues: readonly PeopleQueue<Person>[];
  #admitted = 0;

  constructor(
    private readonly rides: readonly Ride[],
    comesS: readonly (readonly number[])[],
  ) {
    this.#queues = rides.map(() => new PeopleQueue());
    this.people = rides
      .flatMap((_, ride) => (comesS[ride] ?? []).map((cameS) => personOf(ride, cameS)))
      .sort((a, b) => a.cameS - b.cameS);
  }

  /** Who has come by now stands in a queue. Time never goes back. */
  admit(nowS: number): void {
    for (;;) {
      const person = this.people[this.#admitted];
      if (!person || person.cameS > nowS) return;
      this.#queues[person.ride]?.join(person);
      this.#admitted++;
    }
  }

  get waiting(): readonly number[] {
    return this.#queues.map(({ length }) => length);
  }

  /** Whom a vehicle with so much room takes along, tier by tier; who stays has been passed by a full vehicle once more. */
  board(tiers: readonly (readonly Boardable[])[], room: Room): readonly Boarded[] {
    const boarded: Boarded[] = [];
    for (const tier of tiers) {
      const lines = tier.flatMap(({ ride, alight }) => {
        const queue = this.#queues[ride];
        if (!queue) return [];
        const board = (person: Person) => void boarded.push({ person, ride, alight });
        return [{ queue, accessible: this.rides[ride]?.accessible === true, board }];
      });
      boardTier(lines, room);
      for (const { queue } of lines) for (const person of queue) person.passed++;
    }
    return boarded;
  }

  /** Somebody gets off: he is where he wanted to be, or goes on with the ride that follows. */
  alight({ person, ride }: Boarded, nowS: number): void {
    const next = this.rides[ride]?.then;
    if (next === undefined) {
      person.arrivedS = nowS;
      return;
    }
    person.sinceS = nowS;
    this.#queues[next]?.join(person);
  }
}
