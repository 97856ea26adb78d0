import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PICTURE, pdfWith } from '../../../fixtures/build/formats/pdf-writer.js';
import type { EngineChoice } from '../../../src/core/c2pa/engine-names.js';
import { foundValue } from '../../../src/core/media/carrier.js';
import { analyze } from '../../../src/core/pipeline/analyze.js';
import { readManifestStore } from '../../../src/core/readers/manifest-store/index.js';
import { opened } from './opened.js';

/** PDFs with several manifest stores or versions, and a signed picture in one: the report on the whole and on the part. */
const FIXTURES = join(import.meta.dirname, '../../../fixtures');
const fixture = (name: string) => readFileSync(join(FIXTURES, name));
const OPTIONS = { asOf: '2026-11-25' } as const;

const reportOf = (name: string, bytes: Buffer, engine: EngineChoice = 'auto') =>
  opened(name, bytes, (asset) =>
    analyze(asset, { ...OPTIONS, name, engine }, { inFull: [], jurisdictions: [] }),
  );
const notesOf = (bytes: Buffer) =>
  opened('a.pdf', bytes, async (asset) => ((await readManifestStore(asset)).notes ?? []).map(({ id }) => id));

/** Appends these objects after the last cross-references of a PDF. */
function appended(pdf: Buffer, objects: Record<number, string>): Buffer {
  const previous = /startxref\n(\d+)\n%%EOF\n$/.exec(pdf.toString('latin1'))?.[1];
  const parts = [pdf];
  let at = pdf.length;
  let rows = '';
  for (const [number, object] of Object.entries(objects)) {
    const bytes = Buffer.from(`${number} 0 obj\n${object}\nendobj\n`);
    rows += `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`;
    parts.push(bytes);
    at += bytes.length;
  }
  const trailer = `xref\n${rows}trailer\n<< /Size 99 /Root 1 0 R /Prev ${previous} >>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(trailer)]);
}

describe('a PDF with the manifest stores of several versions', () => {
  const two = fixture('c2pa/pdf-c2pa-two-stores.pdf');

  it.each(['auto', 'native', 'both'] as const)(
    'is held against that of its newest one (%s)',
    async (engine) => {
      const { contentCredentials, reads } = await reportOf('a.pdf', two, engine);
      expect(contentCredentials).toMatchObject({ presence: 'present', integrity: 'intact' });
      expect(contentCredentials.messages?.bytesFault).toBeUndefined();
      expect(reads.c2pa.messages?.note.map(({ id }) => id)).toContain('note.pdfStore.newest');
    },
  );

  it('is not judged by an engine that takes the first', async () => {
    const { contentCredentials, summary } = await reportOf('a.pdf', two, 'wasm');
    expect(contentCredentials.presence).toBe('unreadable');
    expect(summary.origin).toBe('unknown');
  });

  it.each(['auto', 'native', 'wasm', 'both'] as const)(
    'is not judged by an older one where the newest cannot be read (%s)',
    async (engine) => {
      const damaged = Buffer.from(two);
      const store = foundValue(await opened('a.pdf', two, readManifestStore));
      damaged.write('????', (store?.offset ?? 0) + 4, 'latin1');
      const { contentCredentials, summary, reads } = await reportOf('a.pdf', damaged, engine);
      expect(contentCredentials.presence).toBe('unreadable');
      expect(contentCredentials.integrity).toBeUndefined();
      expect(reads.c2pa.code).toBe('manifestStore.pdf');
      expect(summary.origin).toBe('unknown');
    },
  );

  it('whose stores are all of one version are not told apart', async () => {
    const bytes = Buffer.from(
      two
        .toString('latin1')
        .replace(/startxref\n\d+\n%%EOF\n(?=[\s\S]*startxref)/, (found) => ' '.repeat(found.length))
        .replace(/\/Prev \d+ /, (found) => ' '.repeat(found.length)),
      'latin1',
    );
    // Without the older cross-references, the objects are found only by their headers.
    const { contentCredentials } = await reportOf('a.pdf', bytes);
    expect(contentCredentials.integrity).not.toBe('intact');
  });

  it('says what an older version had, whether the newest has a store or none', async () => {
    const intact = fixture('c2pa/pdf-c2pa-intact.pdf');
    expect(await notesOf(intact)).toEqual([]);
    const without = appended(intact, { 1: '<< /Type /Catalog /Pages 2 0 R >>' });
    expect(await notesOf(without)).toEqual(['note.pdfStore.older']);
    const { contentCredentials, reads } = await reportOf('a.pdf', without);
    expect(contentCredentials.presence).toBe('absent');
    expect(reads.c2pa.messages?.note.map(({ id }) => id)).toEqual(['note.pdfStore.older']);
  });

  it('is altered where something was added after it was signed', async () => {
    const added = appended(fixture('c2pa/pdf-c2pa-intact.pdf'), {
      3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 150] >>',
    });
    expect((await reportOf('a.pdf', added)).contentCredentials).toMatchObject({
      presence: 'present',
      integrity: 'altered',
      integrityCauses: ['assertion.dataHash.mismatch'],
    });
  });
});

describe('a picture in a PDF', () => {
  it.each([
    'c2pa/jpeg-c2pa-intact.jpg',
    'c2pa/jpeg-c2pa-altered-data.jpg',
    'labels/jpeg-gb45438-xmp-attribute.jpg',
  ])('says what the same picture says alone: %s', async (name) => {
    const picture = fixture(name);
    const bytes = pdfWith((writer) => ({
      pictures: [writer.stream(`${PICTURE} /Filter /DCTDecode`, picture)],
    })).whole();
    const alone = await reportOf('a.jpg', picture);
    const [, part] = (await reportOf('a.pdf', bytes)).parts ?? [];
    const { summary, contentCredentials: credentials } = alone;
    expect(part).toMatchObject({
      kind: 'embedded-picture',
      sha256: alone.asset.sha256,
      bytes: picture.length,
      outcome: {
        origin: summary.origin,
        presence: credentials.presence,
        ...(credentials.integrity ? { integrity: credentials.integrity } : {}),
        ...(credentials.signer ? { signer: { trust: credentials.signer.trust } } : {}),
        ...(summary.backing ? { backing: summary.backing } : {}),
        coverage: summary.coverage.state,
      },
    });
  });

  it('does not change what is said of the PDF', async () => {
    const bytes = fixture('parts/pdf-pictures-signed.pdf');
    const { summary, contentCredentials, parts } = await reportOf('a.pdf', bytes);
    expect({ origin: summary.origin, presence: contentCredentials.presence }).toEqual({
      origin: 'none',
      presence: 'absent',
    });
    expect(parts?.filter(({ outcome }) => outcome?.origin === 'ai-generated')).toHaveLength(1);
  });
});
