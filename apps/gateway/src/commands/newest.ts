import { isDeepStrictEqual } from 'node:util';

/** What setpoints and orders have in common. Times are event time, epoch ms. */
export interface Command {
  readonly plan: string;
  readonly seq: number;
  readonly issued: number;
  readonly valid_until: number;
}

/** Whether a command is news: a lower seq is ignored, and so is the same message again. The same seq with another content is newer when it was not issued earlier. */
export const isNewer = (command: Command, than: Command | undefined): boolean =>
  than === undefined ||
  command.seq > than.seq ||
  (command.seq === than.seq && command.issued >= than.issued && !isDeepStrictEqual(command, than));
