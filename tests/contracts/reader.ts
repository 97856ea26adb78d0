import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Asset } from '../../src/core/media/asset.js';
import type { Read } from '../../src/core/media/carrier.js';
import type { Reader } from '../../src/core/readers/reader.js';
import { LANGUAGES } from '../../src/i18n/languages.js';
import { faultText } from '../support/fault-text.js';
import { WHOLE } from '../support/whole.js';

const STATUSES = ['found', 'absent', 'unsupported', 'malformed', 'failed'];
const CUTS = WHOLE ? 24 : 8;
const FLIPS = WHOLE ? 16 : 6;

/**
 * Contract of every reader: over any bytes it returns a Read, never throws, and returns the same twice. `seeds` are
 * well-formed files of containers that the reader names.
 */
export function describeReader(reader: Reader, seeds: readonly string[]): void {
  describe(`the ${reader.carrier} reader keeps the contract`, () => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'assay-reader-'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** A cut may leave a file of another type or of none; then this reader would not be called. */
    const readBytes = async (
      name: string,
      bytes: Uint8Array,
      container?: string,
    ): Promise<Read<unknown> | undefined> => {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      const asset = await Asset.open(path);
      try {
        const other = container !== undefined && asset.mediaType.container !== container;
        return other ? undefined : await reader.read(asset, { engine: 'wasm' });
      } finally {
        await asset.close();
      }
    };

    it('has seeds to be tried on', () => {
      expect(seeds.length).toBeGreaterThan(0);
    });

    it.each(seeds.map((seed) => [seed]))('over %s, whole and cut at many points', async (seed) => {
      const whole = readFileSync(seed);
      const kind = (await openedContainer(seed)) ?? '';
      for (let cut = 0; cut <= CUTS; cut++) {
        const bytes = whole.subarray(0, Math.floor((whole.length * cut) / CUTS));
        const read = await readBytes(`cut-${cut}`, bytes, kind);
        if (!read) continue;
        expect(STATUSES).toContain(read.status);
        if (read.status !== 'found' && read.status !== 'absent') {
          expect(read.code).toMatch(/^[a-zA-Z0-9.]+$/);
          for (const language of LANGUAGES) expect(faultText(read, language)).toMatch(/^[^{}‹]{6,}[.。]$/);
        }
      }
    });

    it.each(seeds.map((seed) => [seed]))('over %s with bytes flipped', async (seed) => {
      const whole = readFileSync(seed);
      const kind = (await openedContainer(seed)) ?? '';
      const random = generator(whole.length);
      for (let round = 0; round < FLIPS; round++) {
        const bytes = Buffer.from(whole);
        for (let i = 0; i < 8; i++)
          bytes[12 + Math.floor(random() * (bytes.length - 12))] = Math.floor(random() * 256);
        const read = await readBytes(`flip-${round}`, bytes, kind);
        if (read) expect(STATUSES).toContain(read.status);
      }
    });

    it.each(seeds.slice(0, 1).map((seed) => [seed]))('the same twice over %s', async (seed) => {
      const bytes = readFileSync(seed);
      expect(await readBytes('once', bytes)).toEqual(await readBytes('twice', bytes));
    });
  });
}

async function openedContainer(path: string): Promise<string> {
  const asset = await Asset.open(path);
  await asset.close();
  return asset.mediaType.container;
}

/** Small linear congruential generator, so that failures are reproducible. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
