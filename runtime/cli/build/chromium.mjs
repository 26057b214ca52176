/**
 * A Chromium for the browser tests: one that is on the machine, else Debian's package (as root), else Playwright's.
 * Plain JavaScript, needs the installed packages.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PlainError, ROOT } from './project.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Absolute path of a Chromium that can be started, or undefined. CHROME_PATH comes first. */
export async function findChromium() {
  const wished = process.env.CHROME_PATH;
  if (wished) {
    if (isProgram(wished)) return wished;
    throw new PlainError(`talea: CHROME_PATH is ${wished}, and that is no program.`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...PLACES].find(isProgram) ?? (await playwrightsOwn());
}

/** Finds or installs one; rejects with advice where that is not possible. */
export async function ensureChromium({ tell = () => {} } = {}) {
  const found = await findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    tell('Installing Chromium (apt-get) for the browser tests …');
    quietly('apt-get', ['update']);
    quietly('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
    const installed = await findChromium();
    if (installed) return installed;
  }
  tell("Installing Playwright's Chromium for the browser tests …");
  quietly(process.execPath, [join(ROOT, 'node_modules/playwright-core/cli.js'), 'install', 'chromium']);
  const installed = await findChromium();
  if (installed) return installed;
  throw new PlainError('talea: no Chromium for the browser tests; install one or set CHROME_PATH to it.');
}

async function playwrightsOwn() {
  try {
    const { chromium } = await import('playwright-core');
    const path = chromium.executablePath();
    return isProgram(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function quietly(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const done = spawnSync(command, args, {
    cwd: ROOT,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (done.status !== 0 && process.env.TALEA_DEBUG) console.error(done.stdout, done.stderr);
}
