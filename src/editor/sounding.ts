/**
 * Lights the notation that sounds, while it is heard, in its track's colour. Rows come ahead of time with the
 * seconds at which they are heard; a frame loop runs only while some wait or sound, looks at the viewport alone and
 * touches the editor only when the set of lit places changes.
 */
import { type Range, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { Sounding } from '../../runtime/session-surface.ts';
import { mapRange, recordOfEvaluation } from './evaluations.ts';

/** Rows that wait or sound; the oldest go where more come. */
export const SOUNDING_LIMIT = 4_096;

/** Shown at least this long, so that a click of a hat is seen. */
const SHOWN_AT_LEAST_SECONDS = 0.06;

const lit = StateEffect.define<DecorationSet>();

export const soundingMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    let next = set.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(lit)) next = effect.value;
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const marks = new Map<number, Decoration>();

function markOf(strip: number): Decoration {
  let mark = marks.get(strip);
  if (!mark) {
    mark = Decoration.mark({ class: 'cm-sounding', attributes: { style: `--ring: ${strip}` } });
    marks.set(strip, mark);
  }
  return mark;
}

class SoundingLoop {
  private rows: Sounding[] = [];
  private frame = 0;
  private shown = '';
  private readonly view: EditorView;

  constructor(view: EditorView) {
    this.view = view;
  }

  add(rows: readonly Sounding[]): void {
    this.rows.push(...rows.slice(-SOUNDING_LIMIT));
    if (this.rows.length > SOUNDING_LIMIT) this.rows.splice(0, this.rows.length - SOUNDING_LIMIT);
    if (this.frame === 0) this.frame = requestAnimationFrame(this.draw);
  }

  clear(): void {
    this.rows = [];
  }

  update(update: ViewUpdate): void {
    if (update.docChanged) this.shown = '';
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
  }

  private readonly draw = (): void => {
    this.frame = 0;
    const now = performance.now() / 1000;
    const end = (row: Sounding): number =>
      Math.max(row.endSeconds, row.beginSeconds + SHOWN_AT_LEAST_SECONDS);
    this.rows = this.rows.filter((row) => end(row) > now);
    const places = this.places(now);
    const key = [...places.keys()].join(' ');
    if (key !== this.shown) {
      this.shown = key;
      this.view.dispatch({ effects: lit.of(Decoration.set([...places.values()], true)) });
    }
    if (this.rows.length > 0) this.frame = requestAnimationFrame(this.draw);
  };

  private places(now: number): Map<string, Range<Decoration>> {
    const { from: top, to: bottom } = this.view.viewport;
    const places = new Map<string, Range<Decoration>>();
    for (const row of this.rows) {
      if (row.beginSeconds > now) continue;
      const record = recordOfEvaluation(this.view.state, row.evalId);
      const place = record && mapRange(record, row.from, row.to);
      if (!place || place.from === place.to || place.to < top || place.from > bottom) continue;
      places.set(`${place.from}-${place.to}-${row.strip}`, markOf(row.strip).range(place.from, place.to));
    }
    return places;
  }
}

const loop = ViewPlugin.fromClass(SoundingLoop);

export const soundingHighlight = [soundingMarks, loop];

/** Adds rows that sound now or soon. */
export function showSounding(view: EditorView, rows: readonly Sounding[]): void {
  view.plugin(loop)?.add(rows);
}

/** Forgets what has not sounded yet. */
export function clearSounding(view: EditorView): void {
  view.plugin(loop)?.clear();
}
