#!/usr/bin/env node
/**
 * The command `talea`, as it runs on a fresh clone: looks at the Node version, installs the packages where they are
 * missing, builds the command line where it is stale, and hands over. Plain JavaScript that an old Node can read.
 */
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`talea: Node 20.19 or newer is needed; this is ${process.versions.node}.`);
  process.exit(2);
}

const { buildParts, runPlainly } = await import('./build.mjs');
const { ensureInstalled } = await import('./build/install.mjs');
const { inProject, ROOT } = await import('./build/project.mjs');

// Whatever nobody caught is told in a line too.
process.on('uncaughtException', (error) => {
  console.error(process.env.TALEA_DEBUG ? error : `talea: an internal error: ${error?.message ?? error}`);
  process.exit(1);
});

await runPlainly(async () => {
  // What goes to stdout is the command's own output; the set-up speaks on stderr.
  const tell = (line) => console.error(line);
  await ensureInstalled({ tell });
  await buildParts(['command-line'], { tell });
  const { pathToFileURL } = await import('node:url');
  const { main } = await import(pathToFileURL(inProject('dist/cli/main.js')).href);
  return main(process.argv.slice(2), {
    root: ROOT,
    cwd: process.cwd(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    build: (parts) => buildParts(parts, { tell }),
  });
});
