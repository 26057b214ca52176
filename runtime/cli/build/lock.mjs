/**
 * One process at a time: a lock is a folder in the system's temporary folder, named after the project and the job,
 * with the owner's process id inside. A lock whose owner is gone is taken over. Plain JavaScript, Node only.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from './project.mjs';

const POLL_MS = 100;
/** A lock without an owner's id for this long was left by a process that died between two calls. */
const OWNERLESS_MS = 5_000;

/** Runs `work` while no other process of this project does `job`; waits for its turn. Returns what `work` returns. */
export async function withLock(job, work) {
  const key = createHash('sha256').update(ROOT).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `talea-${process.getuid?.() ?? 0}-${key}-${job}.lock`);
  while (!claim(folder)) {
    if (isAbandoned(folder)) rmSync(folder, { recursive: true, force: true });
    else await pause(POLL_MS);
  }
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

function claim(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(folder, 'pid'), String(process.pid));
  return true;
}

function isAbandoned(folder) {
  let owner = 0;
  try {
    owner = Number(readFileSync(join(folder, 'pid'), 'utf8'));
  } catch {
    // Just made, or its owner died before it could sign.
  }
  if (!owner) {
    const made = statSync(folder, { throwIfNoEntry: false });
    return made !== undefined && Date.now() - made.mtimeMs > OWNERLESS_MS;
  }
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
