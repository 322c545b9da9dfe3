// Runs before `npm start`, `npm test` and `venueflow`, when nothing may be installed yet: plain Node, no dependency.
// Installs what package-lock.json names and builds what the sources say, each only when it changed since it last succeeded.
// Progress goes to stderr, so that a command's stdout stays its own.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const installedMark = join(root, 'node_modules', '.venueflow-installed');
const builtMark = join(root, 'dist', '.venueflow-built');
const OLDEST_NODE = [20, 19];
const NOTICE_MS = 10_000;

const say = (line) => process.stderr.write(`${line}\n`);

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

const digest = (paths) => {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}`);
  for (const path of paths) hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
};

const filesBelow = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(path);
      return /\.spec\.tsx?$|\.md$/.test(entry.name) ? [] : [path];
    });

let child;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    child?.kill(signal);
    process.exitCode = 1;
  });
}

/** What a failed command said that matters: no warnings, the first lines and the last. */
const excerpt = (output) => {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !/^npm (warn|notice)/.test(line));
  return lines.length <= 40 ? lines.join('\n') : [...lines.slice(0, 20), '…', ...lines.slice(-20)].join('\n');
};

/** Runs one command to its end, silent unless it fails, with a sign of life every ten seconds. */
const run = (what, command, args) =>
  new Promise((resolve, reject) => {
    const started = Date.now();
    const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`;
    say(`${what} …`);
    const notice = setInterval(() => say(`${what} … ${elapsed()}`), NOTICE_MS);
    child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    let output = '';
    const keep = (chunk) => (output = (output + chunk).slice(-20_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearInterval(notice);
      child = undefined;
      if (code === 0 && process.exitCode !== 1) {
        say(`${what}: done in ${elapsed()}`);
        resolve();
      } else if (signal || process.exitCode === 1) {
        reject(new Error(`${what}: interrupted.`));
      } else {
        reject(new Error(`${excerpt(output)}\n${what} failed (exit code ${code}): ${command} ${args.join(' ')}`));
      }
    });
  });

const install = async () => {
  const wanted = digest(['package.json', 'package-lock.json']);
  if (read(installedMark) === wanted) return;
  await run('Installing dependencies', 'npm', ['ci', '--include=dev', '--no-audit', '--no-fund']);
  writeFileSync(installedMark, wanted);
};

const build = async (always) => {
  const wanted = digest([
    ...['package.json', 'package-lock.json', 'tsconfig.json', 'nest-cli.json'],
    ...['apps', 'libs'].flatMap(filesBelow),
  ]);
  if (!always && read(builtMark) === wanted) return;
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  mkdirSync(join(root, 'dist'));
  await run('Building the programs', process.execPath, ['node_modules/@nestjs/cli/bin/nest.js', 'build', '--all']);
  await run('Building the console', process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'apps/console']);
  writeFileSync(builtMark, wanted);
};

try {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]))
    throw new Error(`Venueflow needs Node ${OLDEST_NODE.join('.')} or later; this is ${process.version}.`);
  await install();
  await build(process.argv.includes('--build'));
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}
