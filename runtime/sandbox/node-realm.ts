/**
 * The realm inside Node's vm context: a classic script that leaves one entry object behind. Strings go in, strings
 * come out by a box that is read after the context's own queue of promises has run dry. It touches nothing of Node.
 */
import type { PatternEvent } from '../../patterns/event.ts';
import { rational } from '../../patterns/rational.ts';
import { Span } from '../../patterns/span.ts';
import type { Diagnostic, Program } from '../program/program.ts';
import { answerLines, heardTracks } from './node-lines.ts';
import type { NodeAnswer, PlainAnswer, PlainEvent, QueryRequest } from './node-messages.ts';
import { makeRealm } from './realm.ts';
import type { ProgramFunction, QueryAnswer, RealmTrack } from './realm-surface.ts';

/** Filled when the request is done; a request that awaits for ever leaves it empty. */
interface Box {
  text: string | null;
}

/** The names of the scope that programs shall not find: they block threads or compile code. */
const TAKEN_AWAY = ['Atomics', 'SharedArrayBuffer', 'WebAssembly', 'eval'];

const scope = globalThis as Record<string, unknown>;
for (const name of TAKEN_AWAY) delete scope[name];
// What is needed later is taken now, before user code can replace it.
const { parse, stringify } = JSON;
const now = Date.now.bind(Date);

let tracks: readonly RealmTrack[] = [];
const functions = new Map<string, ProgramFunction>();
const realm = makeRealm(
  {
    now,
    toFunction(code) {
      const evalId = /talea-program-(\d+)\.js$/.exec(code)?.[1] ?? '';
      const found = functions.get(evalId);
      return found === undefined
        ? Promise.reject(new SyntaxError('This program has no code'))
        : Promise.resolve(found);
    },
  },
  { evaluateMs: 1500, queryMs: 1500 },
);

function answerInto(box: Box, work: Promise<NodeAnswer>): void {
  work.then(
    (answer) => {
      box.text = stringify(answer);
    },
    (thrown) => {
      const message =
        thrown instanceof Error ? thrown.message : 'The program failed in a way that has no words';
      box.text = stringify({ type: 'stopped', message } satisfies NodeAnswer);
    },
  );
}

const emptyBox = (): Box => Object.assign(Object.create(null) as Box, { text: null });

const entry = {
  /** Gives a version its function. */
  define(evalId: number, run: ProgramFunction): void {
    functions.set(String(evalId), run);
  },

  open(program: string): Box {
    const box = emptyBox();
    answerInto(box, open(parse(program) as Program));
    return box;
  },

  query(request: string): Box {
    const box = emptyBox();
    answerInto(box, answer(parse(request) as QueryRequest));
    return box;
  },
};

async function open(program: Program): Promise<NodeAnswer> {
  const outcome = await realm.evaluate(program);
  if (outcome.ok) tracks = outcome.tracks;
  return { type: 'evaluated', outcome };
}

async function answer(request: QueryRequest): Promise<NodeAnswer> {
  const begin = rational(request.begin);
  const end = rational(request.end);
  if (request.form === 'tempo') {
    const found = { tracks: [], failures: [], warnings: [], tempo: realm.tempo?.(begin, end) ?? [] };
    return { type: 'answered', answer: plainAnswer(found, null) };
  }
  if (request.form === 'events') {
    return {
      type: 'answered',
      answer: plainAnswer(await realm.query(begin, end, request.cyclesPerSecond), null),
    };
  }
  // One query a cycle: its fragments are joined and sorted, and a failure ends it.
  const lines: string[] = [];
  const warnings: Diagnostic[] = [];
  for (const cycle of new Span(begin, end).cycles()) {
    const found = await realm.query(cycle.begin, cycle.end, request.cyclesPerSecond);
    warnings.push(...found.warnings);
    const heard = heardTracks(tracks);
    const failures = found.failures.filter(({ track }) => heard.has(track));
    if (failures.length > 0)
      return { type: 'answered', answer: plainAnswer({ tracks: [], failures, warnings }, lines) };
    for (const line of answerLines(found, tracks)) lines.push(line);
  }
  return { type: 'answered', answer: plainAnswer({ tracks: [], failures: [], warnings }, lines) };
}

function plainAnswer(found: QueryAnswer, lines: readonly string[] | null): PlainAnswer {
  const { failures, warnings, tempo = [] } = found;
  const plain =
    lines !== null ? [] : found.tracks.map((track) => ({ ...track, events: track.events.map(plainEvent) }));
  return { tracks: plain, failures, warnings, tempo, lines, log: realm.takeLog() };
}

function plainEvent(event: PatternEvent): PlainEvent {
  const { whole, part, value, context } = event;
  return {
    whole: whole === null ? null : [whole.begin.toString(), whole.end.toString()],
    part: [part.begin.toString(), part.end.toString()],
    value,
    locations: context.locations,
  };
}

scope['__taleaEntry'] = entry;
