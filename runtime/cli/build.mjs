/**
 * `npm run build`: everything of dist/ that is stale. The parts, in the order in which they need each other, are one
 * table; commands and tests ask for the parts they need through buildParts. `command-line` is part of `bundles`.
 */
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { buildApp } from './build/app.mjs';
import { BUNDLES, buildBundles } from './build/bundles.mjs';
import { ensureInstalled } from './build/install.mjs';
import { inProject, PlainError } from './build/project.mjs';

const PARTS = {
  engine: async (options) => {
    if (!existsSync(inProject('runtime/cli/build/engine.mjs'))) {
      throw new PlainError(
        "talea: dist/engine.wasm can't be built: runtime/cli/build/engine.mjs is missing.",
      );
    }
    const { buildEngine } = await import('./build/engine.mjs');
    return buildEngine(options);
  },
  'command-line': (options) => buildBundles({ ...options, rows: BUNDLES.filter((row) => row.commandLine) }),
  bundles: buildBundles,
  app: buildApp,
};

/**
 * Builds what is stale of `names`. `tell` gets lines about what is done. With `stopAtFailure` (the default) the first
 * failure rejects; else it is told and the others are built. Resolves to whether all went well.
 * @param {readonly string[]} names
 * @param {{ tell?: (line: string) => void, stopAtFailure?: boolean }} [options]
 * @returns {Promise<boolean>}
 */
export async function buildParts(names, { tell = () => {}, stopAtFailure = true } = {}) {
  let fine = true;
  for (const name of Object.keys(PARTS).filter((part) => names.includes(part))) {
    try {
      await PARTS[name]({ tell });
    } catch (error) {
      if (stopAtFailure) throw error;
      fine = false;
      tell(String(error?.message ?? error));
    }
  }
  return fine;
}

/** Runs `main` and turns what it throws into a plain line and an exit code. */
export async function runPlainly(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    const plain = error instanceof PlainError;
    const advice = plain ? '' : '\n(TALEA_DEBUG=1 shows where.)';
    if (process.env.TALEA_DEBUG) console.error(error);
    else console.error(plain ? error.message : `talea: ${error?.message ?? error}${advice}`);
    process.exitCode = plain ? error.exitCode : 1;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runPlainly(async () => {
    const tell = (line) => console.log(line);
    await ensureInstalled({ tell });
    await buildParts(Object.keys(PARTS), { tell });
    tell('dist/ is up to date.');
  });
}
