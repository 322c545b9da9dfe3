import { spawn } from 'node:child_process';
import type { Account } from './account.js';

const MOST_OUTPUT = 100_000;

export interface Outcome {
  readonly code: number | null;
  /** What it wrote, at most the last 100,000 characters. */
  readonly output: string;
}

/** Runs one of PostgreSQL's programs as the account, in a session of its own: Ctrl-C in the terminal is for us, not for it. */
export const run = (program: string, args: readonly string[], account: Account | undefined): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: '/',
      detached: true,
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-MOST_OUTPUT);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
