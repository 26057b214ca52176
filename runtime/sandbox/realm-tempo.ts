/**
 * The tempo of a version that states it as a pattern: which changes begin in a span, and what holds at a place. It
 * asks the pattern a whole cycle at a time, so that the answer never depends on how somebody cuts time into windows.
 */
import { type Evaluation, withEvaluation } from '../../patterns/evaluation.ts';
import type { Pattern } from '../../patterns/pattern.ts';
import { State } from '../../patterns/query-state.ts';
import { ONE, type Rational, ratio } from '../../patterns/rational.ts';
import { Span } from '../../patterns/span.ts';
import type { TempoChange } from './realm-surface.ts';

/** Changes of one cycle that act; the engine holds as many segments. */
const CHANGES_PER_CYCLE = 32;
/** A tempo that varies continuously is taken so often a cycle. */
const STEPS_PER_CYCLE = 16;
/** Where a cycle says nothing, the tempo of one so far back holds. */
const CYCLES_BACK = 64;
/** Cycles that are remembered. */
const CYCLES_KEPT = 256;

interface Step {
  readonly cycle: Rational;
  readonly cyclesPerSecond: number;
  /** False for what began before this cycle. */
  readonly begins: boolean;
}

export class RealmTempo {
  private readonly pattern: Pattern<number>;
  private readonly evaluation: Evaluation;
  private readonly known = new Map<string, readonly Step[]>();
  private tooMany = false;

  constructor(pattern: Pattern<number>, evaluation: Evaluation) {
    this.pattern = pattern;
    this.evaluation = evaluation;
  }

  /** True once a cycle had more changes than act. */
  get isCrowded(): boolean {
    return this.tooMany;
  }

  /** What holds at `begin`, then every change of the span, in order. Throws what the pattern throws. */
  changes(begin: Rational, end: Rational): TempoChange[] {
    const found: TempoChange[] = [];
    const held = this.at(begin);
    if (held !== null) found.push({ cycle: begin.toNumber(), cyclesPerSecond: held, begins: false });
    for (const part of new Span(begin, end).cycles()) {
      for (const { cycle, cyclesPerSecond, begins } of this.steps(part.begin.floor())) {
        if (!begins || cycle.lt(part.begin) || !cycle.lt(part.end)) continue;
        found.push({ cycle: cycle.toNumber(), cyclesPerSecond, begins });
      }
    }
    return found;
  }

  /** Cycles per second at a place; null where the pattern has said nothing yet. */
  at(cycle: Rational): number | null {
    let sam = cycle.floor();
    for (let back = 0; back < CYCLES_BACK; back++) {
      const past = this.steps(sam).findLast((step) => !step.cycle.gt(cycle));
      if (past !== undefined) return past.cyclesPerSecond;
      sam = sam.sub(ONE);
    }
    return null;
  }

  private steps(sam: Rational): readonly Step[] {
    const key = sam.toString();
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const steps = withEvaluation(this.evaluation, () => this.ask(sam));
    if (this.known.size >= CYCLES_KEPT) this.known.clear();
    this.known.set(key, steps);
    return steps;
  }

  private ask(sam: Rational): Step[] {
    const cycle = new Span(sam, sam.add(ONE));
    const events = this.query(cycle);
    // A continuous tempo has no onsets of its own: it gets some.
    const isContinuous = events.some(({ whole }) => whole === null);
    const steps = isContinuous ? this.sampled(sam) : events.map(stepOf);
    steps.sort((a, b) => a.cycle.compare(b.cycle));
    // Of several at one place the last holds.
    const kept = steps.filter((step, i) => !(steps[i + 1]?.cycle.eq(step.cycle) ?? false));
    this.tooMany ||= kept.length > CHANGES_PER_CYCLE;
    return kept.slice(0, CHANGES_PER_CYCLE);
  }

  private sampled(sam: Rational): Step[] {
    return Array.from({ length: STEPS_PER_CYCLE }, (_, i) => {
      const begin = sam.add(ratio(i, STEPS_PER_CYCLE));
      const [event] = this.query(new Span(begin, begin.add(ratio(1, STEPS_PER_CYCLE))));
      return event === undefined ? [] : [{ cycle: begin, cyclesPerSecond: event.value, begins: true }];
    }).flat();
  }

  private query(span: Span) {
    const controls = this.evaluation.controlsFor('tempo', 0.5, 4096);
    return this.pattern.query(new State(span, controls));
  }
}

function stepOf(event: ReturnType<Pattern<number>['query']>[number]): Step {
  const cyclesPerSecond = event.value;
  return { cycle: event.part.begin, cyclesPerSecond, begins: event.hasOnset() };
}
