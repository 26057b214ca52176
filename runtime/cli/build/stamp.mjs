/**
 * Whether a built file is still what its sources say. A stamp lists the inputs of a build with time, size and hash;
 * it is fresh while each input has the same time and size, or at least the same content. Knows nothing of builders.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inProject, ROOT, writeWhole } from './project.mjs';

const stampPath = (name) => inProject(join('dist', '.stamps', `${name}.json`));

const hashOf = (absolute) => createHash('sha256').update(readFileSync(absolute)).digest('hex');

function describe(path) {
  const absolute = inProject(path);
  const { mtimeMs, size } = statSync(absolute);
  return { path, mtimeMs, size, hash: hashOf(absolute) };
}

/**
 * True if `name` was built from the same `recipe` (any text) and inputs as lie there now, and its outputs exist.
 * An input that only got a new time is looked into, and the stamp renewed.
 */
export function isFresh(name, recipe) {
  let stamp;
  try {
    stamp = JSON.parse(readFileSync(stampPath(name), 'utf8'));
  } catch {
    return false;
  }
  if (stamp.recipe !== recipe || !stamp.outputs.every((path) => existsSync(inProject(path)))) return false;
  let touched = false;
  for (const input of stamp.inputs) {
    const found = statSync(inProject(input.path), { throwIfNoEntry: false });
    if (!found) return false;
    if (found.mtimeMs === input.mtimeMs && found.size === input.size) continue;
    if (found.size !== input.size || hashOf(inProject(input.path)) !== input.hash) return false;
    input.mtimeMs = found.mtimeMs;
    touched = true;
  }
  // An older state of a listed folder must not hide a file added since.
  for (const [folder, files] of Object.entries(stamp.folders ?? {})) {
    if (filesUnder(folder).join('\n') !== files) return false;
  }
  if (touched) writeWhole(stampPath(name), JSON.stringify(stamp));
  return true;
}

/** Looks at the inputs; call it before building, so that a change while building makes the stamp stale. */
export function takeStamp(recipe, inputs, folders = []) {
  return {
    recipe,
    inputs: [...new Set(inputs)].sort().map(describe),
    folders: Object.fromEntries(folders.map((folder) => [folder, filesUnder(folder).join('\n')])),
  };
}

/** Notes that `name` was built: `stamp` from takeStamp, `outputs` as paths inside the project. */
export function writeStamp(name, stamp, outputs) {
  writeWhole(stampPath(name), JSON.stringify({ ...stamp, outputs }));
}

/** All files under a folder of the project, as sorted paths inside the project; none where it does not exist. */
export function filesUnder(folder) {
  if (!existsSync(inProject(folder))) return [];
  return readdirSync(inProject(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath ?? entry.path, entry.name)
        .slice(ROOT.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}
