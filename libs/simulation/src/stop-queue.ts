import type { EpochMs } from '#libs/kernel';

/** People who came together to a stop and want to get to another. Fractional: shares of counts. */
export interface Cohort {
  /** The line that they wait for; undefined: whatever brings them nearer. */
  readonly line: string | undefined;
  readonly to: string;
  readonly group: string;
  /** When they have to be there; undefined: any time. */
  readonly due: EpochMs | undefined;
  /** The mean where they came over a minute. */
  readonly came: EpochMs;
  people: number;
}

/** People who wait at one stop, first come, first served. */
export class StopQueue {
  #cohorts: Cohort[] = [];

  get cohorts(): readonly Readonly<Cohort>[] {
    return this.#cohorts;
  }

  join(cohort: Cohort): void {
    if (cohort.people > 0) this.#cohorts.push(cohort);
  }

  /** Takes from the front those who may come along, as far as there is room. */
  leave(room: number, mayBoard: (cohort: Readonly<Cohort>) => boolean): readonly Readonly<Cohort>[] {
    let left = room;
    const boarded: Cohort[] = [];
    for (const cohort of this.#cohorts) {
      if (left <= 0) break;
      if (!mayBoard(cohort)) continue;
      const people = Math.min(left, cohort.people);
      boarded.push({ ...cohort, people });
      cohort.people -= people;
      left -= people;
    }
    this.#cohorts = this.#cohorts.filter(({ people }) => people > 0);
    return boarded;
  }
}
