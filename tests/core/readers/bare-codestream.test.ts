import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fault, faultMessage } from '../../../src/base/fault.js';
import { Asset } from '../../../src/core/media/asset.js';
import { readAll } from '../../../src/core/readers/read-all.js';
import type { ReadContext } from '../../../src/core/readers/reader.js';
import { inEnglish } from '../../i18n/english.js';
import { noteText } from '../../support/fault-text.js';

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures/plain');
/** The engines run in separate processes. */
const NOT_HERE = fault('reader.error', { words: 'Not needed here.' });

async function read(name: string, context: ReadContext) {
  const asset = await Asset.open(join(FIXTURES, name));
  try {
    return { format: asset.mediaType.format, evidence: await readAll(asset, context, { c2pa: NOT_HERE }) };
  } finally {
    await asset.close();
  }
}

describe('a bare JPEG XL codestream', () => {
  it('has no place for what stands in boxes, credentials among them', async () => {
    const { format, evidence } = await read('codestream.jxl', { engine: 'auto' });
    expect(format).toBe('JPEG XL codestream');
    for (const carrier of ['xmp', 'exif', 'privateChunk', 'thumbnail'] as const)
      expect(evidence[carrier], carrier).toEqual({
        status: 'unsupported',
        ...fault('carrier.none', { what: 'other', format: 'JPEG XL codestream' }),
      });
    expect(evidence.c2pa).toEqual({
      status: 'absent',
      notes: [faultMessage(fault('carrier.none', { what: 'credentials', format: 'JPEG XL codestream' }))],
    });
    expect(noteText(evidence.c2pa)).toBe(
      inEnglish('fault.carrier.none', { what: 'credentials', format: 'JPEG XL codestream' }),
    );
  });

  it('may have a manifest store beside it', async () => {
    const { evidence } = await read('codestream.jxl', {
      engine: 'auto',
      sidecars: { store: { path: '/a.c2pa', offset: 0, bytes: 0 }, xmp: [] },
    });
    expect(evidence.c2pa).toMatchObject(NOT_HERE);
  });

  it('is another thing than a file of boxes', async () => {
    const { format, evidence } = await read('plain.jxl', { engine: 'auto' });
    expect(format).toBe('JPEG XL');
    expect(evidence.c2pa).toMatchObject(NOT_HERE);
    expect(evidence.xmp).toEqual({ status: 'absent' });
  });
});
