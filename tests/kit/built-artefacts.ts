/**
 * Before tests that load built artefacts: builds the engine and the bundles where they are stale. A part that does
 * not build is told in one line, and the tests that need it fail by themselves.
 */
import { buildParts } from '../../runtime/cli/build.mjs';

export async function setup(): Promise<void> {
  await buildParts(['engine', 'bundles'], {
    tell: (line: string) => console.log(line),
    stopAtFailure: false,
  });
}
