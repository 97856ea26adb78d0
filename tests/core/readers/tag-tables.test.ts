import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { parseBuffer } from 'music-metadata';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: a script without types
import { tagTablesOnce } from '../../../scripts/bundle.js';

/** In the build, unlike in the tests, one set of tables serves all files. */
const LABELS = join(import.meta.dirname, '../../../fixtures/labels');
const FILES = ['mp3-gb45438.mp3', 'flac-id3-gb45438.flac', 'mp3-id3-tags.mp3', 'm4a-gb45438-freeform.m4a'];

async function bundled(): Promise<{ parse: typeof parseBuffer; text: string }> {
  const { outputFiles } = await build({
    stdin: { contents: `export { parseBuffer } from 'music-metadata';`, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire('${import.meta.url}');`,
    },
    plugins: [tagTablesOnce],
  });
  const text = outputFiles[0]?.text ?? '';
  const { parseBuffer: parse } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  return { parse, text };
}

describe('tables of tag names', () => {
  it('are built once, and read the same tags of every file, in any order', async () => {
    const { parse, text } = await bundled();
    expect(text.match(/tagTables \?\?= new CombinedTagMapper\(\)/g)).toHaveLength(1);
    for (const name of [...FILES, ...FILES.toReversed()]) {
      const bytes = readFileSync(join(LABELS, name));
      expect(await parse(bytes)).toEqual(await parseBuffer(bytes));
    }
  });
});
