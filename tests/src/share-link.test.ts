/** Links that hold a program: forth and back, at their limits, and everything a broken link may be. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  LINK_CODE_LIMIT,
  readFragment,
  SHARED_BYTES_LIMIT,
  writeFragment,
} from '../../src/share/share-link.ts';

test('reading undoes writing, for any text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
      const fragment = await writeFragment(text);
      expect(fragment).toMatch(/^#code=[\w-]+$/);
      expect(await readFragment(fragment)).toEqual({ kind: 'text', text });
    }),
    { numRuns: 60 },
  );
});

test('what is no link to a program is none', async () => {
  for (const fragment of ['', '#', '#room=x', '#encode=abc']) {
    expect(await readFragment(fragment)).toEqual({ kind: 'none' });
  }
});

test('a link among other parts is found', async () => {
  const fragment = await writeFragment('s("bd")');
  expect(await readFragment(`#room=x&${fragment.slice(1)}`)).toEqual({ kind: 'text', text: 's("bd")' });
});

test('the limit of the text is exact', async () => {
  const full = 'a'.repeat(SHARED_BYTES_LIMIT);
  const fragment = await writeFragment(full);
  expect(await readFragment(fragment)).toEqual({ kind: 'text', text: full });
  await expect(writeFragment(`${full}a`)).rejects.toThrow(RangeError);
});

test('a small link that unpacks to too much is refused', async () => {
  const stream = new Blob(['a'.repeat(SHARED_BYTES_LIMIT + 1)]).stream();
  const packed = await new Response(stream.pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
  const code = Buffer.from(packed).toString('base64url');
  expect(await readFragment(`#code=${code}`)).toMatchObject({
    kind: 'broken',
    message: expect.stringContaining('too much text'),
  });
});

test('broken links are told, whatever is in them', async () => {
  const whole = await writeFragment('drums: s("bd hh sd hh")');
  for (const fragment of [
    '#code=',
    '#code=%%%',
    '#code=A',
    whole.slice(0, -6),
    `#code=${'A'.repeat(LINK_CODE_LIMIT + 1)}`,
  ]) {
    expect((await readFragment(fragment)).kind, fragment.slice(0, 40)).toBe('broken');
  }
  await fc.assert(
    fc.asyncProperty(fc.string(), async (code) => {
      const { kind } = await readFragment(`#code=${code}`);
      expect(['broken', 'text']).toContain(kind);
    }),
  );
});
