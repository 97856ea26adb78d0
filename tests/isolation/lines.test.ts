import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onLines } from '../../src/isolation/lines.js';

async function linesOf(chunks: Iterable<Buffer>, most: number) {
  const lines: string[] = [];
  let tooLong = 0;
  const stream = Readable.from(chunks, { objectMode: false });
  onLines(
    stream,
    most,
    (line) => lines.push(line),
    () => (tooLong += 1),
  );
  await finished(stream);
  return { lines, tooLong };
}

describe('lines', () => {
  it('come out whole, however they are cut on the way', async () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ' '));
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 7 }), async (lines, size) => {
        const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
          bytes.subarray(n * size, n * size + size),
        );
        expect((await linesOf(chunks, 10_000)).lines).toEqual(lines);
      }),
    );
  });

  it('are refused once, and nothing after them is taken, when longer than the bound', async () => {
    const chunks = ['abcd\n', 'ab', 'cde', '\nab\n'].map((text) => Buffer.from(text));
    expect(await linesOf(chunks, 4)).toEqual({ lines: ['abcd'], tooLong: 1 });
  });

  it('are refused before their end has come', () => {
    const stream = new PassThrough();
    let tooLong = 0;
    onLines(
      stream,
      4,
      () => {},
      () => (tooLong += 1),
    );
    stream.write('abcde');
    return new Promise<void>((resolve) => setImmediate(() => resolve(expect(tooLong).toBe(1))));
  });
});
