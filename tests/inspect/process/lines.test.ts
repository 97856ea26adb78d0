import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from '../../../src/inspect/process/lines.js';

async function linesOf(chunks: Iterable<Buffer>, most: number, values?: number) {
  const lines: string[] = [];
  let tooLong = 0;
  const stream = Readable.from(chunks, { objectMode: false });
  readLines(
    stream,
    { characters: () => most, ...(values !== undefined && { values }) },
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
    readLines(
      stream,
      { characters: () => 4 },
      () => {},
      () => (tooLong += 1),
    );
    stream.write('abcde');
    return new Promise<void>((resolve) => setImmediate(() => resolve(expect(tooLong).toBe(1))));
  });

  it('are refused before they are parsed where they hold too many values, however they are cut on the way', async () => {
    const list = (items: number) => Buffer.from(`[${'[],'.repeat(items)}""]\n`);
    const cut = (bytes: Buffer, size: number) =>
      Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
        bytes.subarray(n * size, n * size + size),
      );
    for (const size of [1, 7, 10_000]) {
      const fits = await linesOf([...cut(list(40), size), ...cut(list(40), size)], 10_000, 100);
      expect([fits.lines.length, fits.tooLong]).toEqual([2, 0]);
      expect((await linesOf(cut(list(60), size), 10_000, 100)).tooLong).toBe(1);
    }
  });

  it('may be one long text, whatever brackets and commas stand in it', async () => {
    const text = JSON.stringify({ text: '[,{\\"'.repeat(1_000) });
    expect(await linesOf([Buffer.from(`${text}\n`)], 10_000, 10)).toEqual({ lines: [text], tooLong: 0 });
  });
});
