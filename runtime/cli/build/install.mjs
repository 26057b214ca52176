/**
 * Installs the packages of the lock file when they are missing or others than it says. Runs on a fresh clone with
 * nothing but Node and its npm; says one line when it has something to do.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { withLock } from './lock.mjs';
import { inProject, PlainError, ROOT, writeWhole } from './project.mjs';

const STAMP = 'node_modules/.talea-lock';

/** Makes sure that node_modules holds what package-lock.json says. `dev`: the tools of the tests too. */
export async function ensureInstalled({ dev = false, tell = () => {} } = {}) {
  if (isInstalled(dev)) return;
  await withLock('install', () => {
    if (isInstalled(dev)) return;
    tell('Installing packages (once per version of package-lock.json) …');
    const { command, args } = npmCommand();
    const flags = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(dev ? ['--include=dev'] : [])];
    const done = spawnSync(command, [...args, ...flags], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && args.length === 0,
    });
    if (done.status !== 0) {
      const lines = (done.stderr || done.error?.message || '').trim().split('\n');
      const said = lines
        .filter((line) => line.replace('npm error', '').trim() !== '')
        .slice(0, 6)
        .join('\n');
      throw new PlainError(`talea: npm ci failed; is the network there?\n${said}`);
    }
    writeWhole(inProject(STAMP), stampText(dev || !omitsDev()));
  });
}

const omitsDev = () => process.env.NODE_ENV === 'production' || /dev/.test(process.env.npm_config_omit ?? '');

/** The npm that runs us, else the one on the path. */
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script && /\bnpm-cli\.c?js$/.test(script) && existsSync(script)) {
    return { command: process.execPath, args: [script] };
  }
  return { command: 'npm', args: [] };
}

const lockText = () => readFileSync(inProject('package-lock.json'), 'utf8');
const stampText = (dev) =>
  `${createHash('sha256').update(lockText()).digest('hex')} ${dev ? 'all' : 'run'}\n`;

function isInstalled(dev) {
  if (!existsSync(inProject('node_modules'))) return false;
  try {
    const found = readFileSync(inProject(STAMP), 'utf8');
    if (found === stampText(true) || (!dev && found === stampText(false))) return true;
  } catch {
    // Installed by hand, perhaps; look at what npm says is there.
  }
  if (!matchesLock(dev)) return false;
  writeWhole(inProject(STAMP), stampText(dev));
  return true;
}

/** Compares npm's own record of node_modules with the lock file, package by package. */
function matchesLock(dev) {
  let there;
  try {
    there = JSON.parse(readFileSync(inProject('node_modules/.package-lock.json'), 'utf8')).packages;
  } catch {
    return false;
  }
  return Object.entries(JSON.parse(lockText()).packages).every(
    ([path, wanted]) =>
      path === '' ||
      wanted.optional ||
      wanted.devOptional ||
      wanted.peer ||
      (wanted.dev && !dev) ||
      (there[path]?.version === wanted.version && existsSync(inProject(path))),
  );
}
