import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ: the unit of /proc/<pid>/stat on every Linux. */
const TICKS_PER_SECOND = 100;
const BYTES_PER_MB = 1_000_000;

interface Stat {
  readonly parent: number;
  readonly ownTicks: number;
  /** Of its children that have ended. */
  readonly childTicks: number;
}

/** The fields after the program's name, which stands in brackets and may hold anything. */
export const parseStat = (text: string): Stat => {
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const at = (index: number): number => fields[index] ?? 0;
  return { parent: at(1), ownTicks: at(11) + at(12), childTicks: at(13) + at(14) };
};

const findFile = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

const findStat = (pid: number): Stat | undefined => {
  const text = findFile(`/proc/${pid}/stat`);
  return text === undefined ? undefined : parseStat(text);
};

/** CPU seconds of a process since it began; undefined when it is gone, or where there is no /proc. */
export const findCpuSeconds = (pid: number): number | undefined => {
  const stat = findStat(pid);
  return stat && stat.ownTicks / TICKS_PER_SECOND;
};

/** CPU seconds of a process, its children, and those of them that have ended. */
export const findFamilyCpuSeconds = (pid: number): number | undefined => {
  const head = findStat(pid);
  if (!head) return undefined;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => findStat(Number(name)) ?? [])
    .filter(({ parent }) => parent === pid);
  const ticks = children.reduce((sum, child) => sum + child.ownTicks, head.ownTicks + head.childTicks);
  return ticks / TICKS_PER_SECOND;
};

/** Resident memory, MB (10^6 bytes). */
export const findResidentMb = (pid: number): number | undefined => {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(findFile(`/proc/${pid}/status`) ?? '')?.[1];
  return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / BYTES_PER_MB;
};
