#!/usr/bin/env node
// `venueflow`: makes sure that the programs are built, then hands over to the command line.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const prepare = fileURLToPath(new URL('prepare.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [prepare], { stdio: ['ignore', 'inherit', 'inherit'] });
if (status === 0) await import('../../dist/apps/cli/src/main.js');
else process.exitCode = 1;
