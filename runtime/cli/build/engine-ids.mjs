/**
 * The wire's tables as AssemblyScript: ids, limits and ranges of worklets/wire/layout.ts and tables.ts, so that the
 * engine never repeats a number by hand. Both files import nothing, so they can be stripped of types and evaluated alone.
 */
import { readFileSync } from 'node:fs';

const upper = (key) => key.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
const int = (name, value) => `export const ${name}: i32 = ${value};`;
const f32s = (name, values) =>
  `export const ${name}: StaticArray<f32> = [${values.map((value) => `${Math.fround(value)}`).join(', ')}];`;

/** Text of the module `ids`. `paths` are the absolute paths of layout.ts and tables.ts. */
export async function engineIds(paths) {
  const { default: ts } = await import('typescript');
  const tables = {};
  for (const path of paths) {
    const options = { compilerOptions: { target: 'es2022', module: 'esnext' } };
    const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), options);
    Object.assign(
      tables,
      await import(`data:text/javascript;base64,${Buffer.from(outputText).toString('base64')}`),
    );
  }
  const { PARAMS, SOURCES, COUNTERS, REPORT, LIMIT, RECORD } = tables;
  for (const [name, rows] of Object.entries({ PARAMS, SOURCES })) {
    rows.forEach((row, i) => {
      if (row.id !== i) throw new Error(`${name}: row ${i} has the id ${row.id}; ids are dense`);
    });
  }
  const fallbacks = SOURCES.flatMap((source) =>
    PARAMS.map((param) => source.defaults[param.key] ?? param.fallback),
  );
  return [
    '// Made from worklets/wire by runtime/cli/build/engine-ids.mjs. Do not edit.',
    int('WIRE_VERSION', tables.WIRE_VERSION),
    int('BATCH_MAGIC', tables.BATCH_MAGIC),
    int('BATCH_HEADER_BYTES', tables.BATCH_HEADER_BYTES),
    int('RECORD_HEADER_BYTES', tables.RECORD_HEADER_BYTES),
    int('PAIR_BYTES', tables.PAIR_BYTES),
    `export const CYCLE_BOUND: f64 = ${tables.CYCLE_BOUND};`,
    ...Object.entries(LIMIT).map(([key, value]) => int(`LIMIT_${upper(key)}`, value)),
    ...Object.entries(RECORD).map(([key, value]) => int(`RECORD_${upper(key)}`, value)),
    int('PARAM_COUNT', PARAMS.length),
    ...PARAMS.map((row) => int(`P_${upper(row.key)}`, row.id)),
    f32s(
      'PARAM_MIN',
      PARAMS.map((row) => row.min),
    ),
    f32s(
      'PARAM_MAX',
      PARAMS.map((row) => row.max),
    ),
    f32s(
      'PARAM_FALLBACK',
      PARAMS.map((row) => row.fallback),
    ),
    int('SOURCE_COUNT', SOURCES.length),
    ...SOURCES.map((row) => int(`S_${upper(row.name)}`, row.id)),
    `export const SOURCE_IS_DRUM: StaticArray<bool> = [${SOURCES.map((row) => row.kind === 'drum').join(', ')}];`,
    '/** SOURCE_COUNT rows of PARAM_COUNT values. */',
    f32s('SOURCE_DEFAULTS', fallbacks),
    int('COUNTER_COUNT', COUNTERS.length),
    ...COUNTERS.map((name, i) => int(`COUNT_${upper(name)}`, i)),
    int('REPORT_COUNT', REPORT.length),
    ...REPORT.map((name, i) => int(`REPORT_${upper(name)}`, i)),
    '',
  ].join('\n');
}
