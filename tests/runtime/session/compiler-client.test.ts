/** The page's end of the compile worker: dead workers are replaced, questions asked again, none is left waiting. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  type CompileAnswer,
  type CompileRequest,
  openCompiler,
} from '../../../runtime/program/compiler-client.ts';
import type { CompileOutcome } from '../../../runtime/program/program.ts';

class FakeWorker {
  onmessage: ((event: { data: CompileAnswer }) => void) | null = null;
  onerror: ((event: { message: string; preventDefault(): void }) => void) | null = null;
  readonly asked: CompileRequest[] = [];
  ended = false;

  postMessage(request: CompileRequest): void {
    this.asked.push(request);
  }
  terminate(): void {
    this.ended = true;
  }
  say(data: CompileAnswer): void {
    this.onmessage!({ data });
  }
  answer(at: number): CompileOutcome {
    const { serial, text } = this.asked[at]!;
    const outcome: CompileOutcome = {
      ok: false,
      diagnostics: [{ severity: 'error', from: 0, to: 0, message: text }],
    };
    this.say({ type: 'outcome', serial, outcome });
    return outcome;
  }
}

let workers: FakeWorker[] = [];
const make = () => {
  workers.push(new FakeWorker());
  return workers.at(-1)! as unknown as Worker;
};
const open = async (trouble: (message: string) => void = () => {}) => {
  const opening = openCompiler(trouble, make);
  workers[0]!.say({ type: 'ready' });
  return opening;
};

beforeEach(() => {
  workers = [];
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

test('answers each question with its own outcome', async () => {
  const client = await open();
  const answers = [client.compile('a'), client.compile('b')];
  const outcomes = [workers[0]!.answer(0), workers[0]!.answer(1)];
  expect(await Promise.all(answers)).toEqual(outcomes);
});

test('a worker that dies is replaced and what it owed is asked again', async () => {
  const heard: string[] = [];
  const client = await open((message) => heard.push(message));
  const answers = [client.compile('a'), client.compile('b')];
  workers[0]!.answer(0);
  workers[0]!.say({ type: 'dead', message: 'out of memory' });
  expect(workers[0]!.ended).toBe(true);
  expect(workers[1]!.asked.map(({ text }) => text)).toEqual(['b']);
  const outcome = workers[1]!.answer(0);
  expect(await answers[1]).toEqual(outcome);
  expect(heard).toEqual(['The compiler stopped: out of memory.']);
});

test('one that hangs is ended after 10 s; a question that costs two workers is given up, the next is answered', async () => {
  const client = await open();
  const lost = client.compile('bad');
  const refused = expect(lost).rejects.toThrow('did not answer within 10 seconds');
  vi.advanceTimersByTime(10_000);
  expect(workers).toHaveLength(2);
  vi.advanceTimersByTime(10_000);
  await refused;
  const next = client.compile('good');
  expect(workers).toHaveLength(3);
  const outcome = workers[2]!.answer(0);
  expect(await next).toEqual(outcome);
  vi.advanceTimersByTime(60_000);
  expect(workers).toHaveLength(3);
});

test('a script that does not load rejects with plain words; close answers what waits', async () => {
  const opening = openCompiler(() => {}, make);
  workers[0]!.onerror!({ message: 'not found', preventDefault: () => {} });
  await expect(opening).rejects.toThrow('The compiler could not be loaded: not found.');
  workers = [];
  const client = await open();
  const waiting = expect(client.compile('a')).rejects.toThrow('closed');
  client.close();
  await waiting;
});
