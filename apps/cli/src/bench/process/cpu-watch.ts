import { findCpuSeconds, findFamilyCpuSeconds } from './proc.js';

export interface Watched {
  readonly name: string;
  readonly pid: number;
  /** With its children: a PostgreSQL is one process a connection. */
  readonly family?: boolean;
}

/** CPU seconds a second, by program: 2 is two cores. */
export type CpuShares = Readonly<Record<string, number>>;

const readCpu = ({ pid, family }: Watched): number => (family ? findFamilyCpuSeconds(pid) : findCpuSeconds(pid)) ?? 0;

/** What these programs take of the cores from now until the returned function is called. */
export const watchCpu = (programs: readonly Watched[]): (() => CpuShares) => {
  const [begun, before] = [performance.now(), programs.map(readCpu)];
  return () => {
    const seconds = (performance.now() - begun) / 1000;
    return Object.fromEntries(
      programs.map((program, index) => [program.name, (readCpu(program) - (before[index] ?? 0)) / seconds]),
    );
  };
};
