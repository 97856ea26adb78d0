import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { table } from '../src/core/ground/table.js';
import { canonicalMime, mimeOfName } from '../src/core/media/media-types.js';

const SRC = resolve(import.meta.dirname, '../src');
const INHERITED = Object.getOwnPropertyNames(Object.prototype);

/** Asked with keys of our own alone, or asked by `Object.hasOwn`. */
const KEYS_OF_OURS = [
  'env.ts',
  'process-one.ts',
  'isolation/seccomp.ts',
  'http/shared-parts.ts',
  'store/migrations/index.ts',
  'core/renderers/html-escape.ts',
  'core/readers/xml-elements.ts',
  'core/readers/bmff-meta.ts',
];

describe('a table that words of files and clients are looked up in', () => {
  it('finds nothing under the names that every object answers to', () => {
    const rows = table({ jpg: 'image/jpeg' });
    expect(INHERITED).toContain('constructor');
    for (const name of INHERITED) {
      expect(rows[name], name).toBeUndefined();
      expect(mimeOfName(`a.${name}`), name).toBeUndefined();
      expect(canonicalMime(name), name).toBe(name.toLowerCase());
    }
    expect(rows['jpg']).toBe('image/jpeg');
  });

  it('is the way that each module keeps rows under any word', () => {
    const plain = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !KEYS_OF_OURS.includes(path))
      .filter((path) =>
        /^(?:export )?const \w+: (?:Readonly<)?Record<string, [^;]*?> = (?:\{|Object\.fromEntries)/m.test(
          readFileSync(join(SRC, path), 'utf8'),
        ),
      );
    expect(plain).toEqual([]);
  });
});
