import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookupTable } from '../../src/base/table.js';
import { canonicalMime, mimeByExtension } from '../../src/core/media/media-types.js';

const SRC = resolve(import.meta.dirname, '../../src');
const INHERITED = Object.getOwnPropertyNames(Object.prototype);

/** Lookups whose keys are our own only, or that use `Object.hasOwn`. */
const KEYS_OF_OURS = [
  'base/env.ts',
  'base/process/pid1-reaper.ts',
  'inspect/sandbox/seccomp.ts',
  'http/openapi/shared-components.ts',
  'storage/schema/migrations/index.ts',
  'core/renderers/html/escape.ts',
  'core/readers/xmp/xml-elements.ts',
  'core/readers/carriers/bmff-meta.ts',
];

describe('a table that words of files and clients are looked up in', () => {
  it('finds nothing under the names that every object answers to', () => {
    const rows = lookupTable({ jpg: 'image/jpeg' });
    expect(INHERITED).toContain('constructor');
    for (const name of INHERITED) {
      expect(rows[name], name).toBeUndefined();
      expect(mimeByExtension(`a.${name}`), name).toBeUndefined();
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
