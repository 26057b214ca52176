/** Before tests in a real browser: builds engine, bundles and the production page where they are stale. */
import { buildParts } from '../../runtime/cli/build.mjs';

export async function setup(): Promise<void> {
  await buildParts(['engine', 'bundles', 'app'], {
    tell: (line: string) => console.log(line),
    stopAtFailure: false,
  });
}
