/**
 * `npm test`: installs and builds what is missing, then runs every check, quick ones first, and stops at the first
 * stage that fails. The last line is `N passed, N failed`. With arguments only vitest runs, with these arguments.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './build/chromium.mjs';
import { ensureInstalled } from './build/install.mjs';
import { ROOT } from './build/project.mjs';
import { buildParts, runPlainly } from './build.mjs';

const script = (path) => join(ROOT, 'node_modules', path);
const tell = (line) => console.log(line);

/** A stage runs a tool, or vitest on some tests; `browser` stages get a Chromium first. */
const STAGES = [
  { name: 'types', tool: [script('typescript/bin/tsc'), '--noEmit'] },
  {
    name: 'lint',
    tool: [
      script('@biomejs/biome/bin/biome'),
      'lint',
      '--config-path=.biome.json',
      '--diagnostic-level=error',
      '.',
    ],
  },
  { name: 'architecture', tests: ['tests/architecture.test.ts'] },
  { name: 'patterns', tests: ['--project', 'patterns', '--exclude', 'tests/architecture.test.ts'] },
  { name: 'runtime', tests: ['--project', 'runtime'] },
  { name: 'journey', tests: ['--project', 'journey'] },
  { name: 'browser', tests: ['--project', 'browser'], browser: true },
];

await runPlainly(async () => {
  await ensureInstalled({ dev: true, tell });
  const wishes = process.argv.slice(2);
  await buildParts(['engine', 'bundles', 'app'], { tell });
  if (wishes.length > 0) {
    if (!wishes.some((wish) => /patterns|runtime|journey/.test(wish))) await provideChromium();
    const outcome = runVitest(wishes);
    tell(`${outcome.passed} passed, ${outcome.failed} failed`);
    return outcome.fine ? 0 : 1;
  }
  const total = { passed: 0, failed: 0 };
  let broken;
  for (const stage of STAGES) {
    tell(`\n— ${stage.name}`);
    if (stage.browser) await provideChromium();
    const outcome = stage.tool ? runTool(stage.tool) : runVitest(stage.tests);
    total.passed += outcome.passed;
    total.failed += outcome.failed;
    if (!outcome.fine) {
      broken = stage;
      break;
    }
  }
  if (broken) {
    const left = STAGES.slice(STAGES.indexOf(broken) + 1).map(({ name }) => name);
    tell(`\nThe stage "${broken.name}" failed.${left.length > 0 ? ` Not run: ${left.join(', ')}.` : ''}`);
  }
  tell(`${total.passed} passed, ${total.failed} failed`);
  return broken ? 1 : 0;
});

async function provideChromium() {
  process.env.CHROME_PATH = await ensureChromium({ tell });
}

/** A tool that checks as a whole counts as one test. */
function runTool([file, ...args]) {
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: ROOT, stdio: 'inherit' });
  return status === 0 ? { passed: 1, failed: 0, fine: true } : { passed: 0, failed: 1, fine: false };
}

function runVitest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'talea-test-'));
  const file = join(folder, 'vitest.json');
  const flags = [
    'run',
    '--config',
    'tests/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const { status } = spawnSync(process.execPath, [script('vitest/vitest.mjs'), ...flags, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')), status);
  } catch {
    // Vitest died or found no test: that is a failure of its own.
    return { passed: 0, failed: 1, fine: false };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Files that could not be loaded have no failed test of their own; each counts as one. */
function count(result, status) {
  const unloaded = result.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = result.numFailedTests + unloaded;
  const fine = status === 0 && failed === 0 && result.numTotalTests > 0;
  return { passed: result.numPassedTests, failed: fine ? 0 : Math.max(1, failed), fine };
}
