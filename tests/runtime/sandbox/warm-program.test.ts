/** The warm-up program must stay a program without mistakes, else no standby would ever meet the common paths. */
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { rational } from '../../../patterns/rational.ts';
import { NodeHost, nodeScripts } from '../../../runtime/sandbox/node-host.ts';
import { WARM_PROGRAM } from '../../../runtime/sandbox/warm-program.ts';
import { encodeEvent } from '../../../runtime/schedule/encode.ts';

const host = new NodeHost(nodeScripts(fileURLToPath(new URL('../../..', import.meta.url))));
afterAll(() => host.close());

test('evaluates, plays and encodes without a word', async () => {
  const session = await host.open(WARM_PROGRAM);
  expect(session.outcome).toMatchObject({ ok: true, diagnostics: [], tracks: [{ name: 'warm' }] });
  const answer = await session.query(rational(0), rational(2), 0.5);
  expect(answer.failures).toEqual([]);
  expect(answer.warnings).toEqual([]);
  const [{ events }] = answer.tracks as [(typeof answer.tracks)[0]];
  expect(events.length).toBeGreaterThan(30);
  const warnings: string[] = [];
  for (const event of events) encodeEvent(event, (message) => warnings.push(message));
  expect(warnings).toEqual([]);
});
