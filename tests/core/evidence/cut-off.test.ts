import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fault } from '../../../src/base/fault.js';
import { findTruncation, markMissingEnd } from '../../../src/core/evidence/cut-off.js';
import { findTimedOutReads } from '../../../src/core/evidence/late-reads.js';
import { toStoredReport } from '../../../src/core/law/localize.js';
import { createUnreadEvidence } from '../../../src/core/readers/read-all.js';
import { createInspector } from '../../../src/inspect/pool/create-inspector.js';
import { evidence } from '../../support/literals.js';
import { told } from '../../support/localized.js';

const inspector = createInspector({ jobs: 2 });
afterAll(() => inspector.close());
const inspect = async (file: string) =>
  told(
    await inspector.inspect({
      path: join(import.meta.dirname, '../../../fixtures', file),
      name: file.slice(file.indexOf('/') + 1),
      asOf: '2026-11-25',
      engine: 'auto',
    }),
  );

describe('a file that is cut off', () => {
  it.each([
    ['hostile/mp4-cut-in-media.mp4', 'headline.cutOffEnd'],
    ['hostile/mp4-cut-before-media.mp4', 'headline.cutOffEnd'],
    ['hostile/mp4-cut-in-movie.mp4', 'headline.cutOff'],
    ['hostile/webp-cut.webp', 'headline.cutOffEnd'],
    ['hostile/tiff-cut.tiff', 'headline.cutOffEnd'],
    ['hostile/jpeg-truncated.jpg', 'headline.cutOffEnd'],
    ['hostile/png-truncated.png', 'headline.cutOffEnd'],
    ['hostile/wav-cut.wav', 'headline.cutOff'],
  ])('is said to be so, and what to do last: %s', async (file, headline) => {
    const stored = toStoredReport(await inspect(file));
    const { summary } = stored;
    expect(summary.headline?.id).toBe(headline);
    const sentences = [summary.messages?.sentence ?? []].flat();
    expect(['sentence.cutOff.copy', 'sentence.cutOff.end']).toContain(sentences.at(-1)?.id);
    // The sentence does not repeat what is unread because of the cut.
    expect(told(stored).summary.sentence).not.toMatch(/Not read: (Content|XMP|EXIF)/);
  });

  it.each(['hostile/wav-cut.wav', 'hostile/webp-cut.webp'])(
    'may have held Content Credentials in what is missing: %s',
    async (file) => {
      const { reads, contentCredentials, signals } = await inspect(file);
      expect(reads.c2pa).toMatchObject({ status: 'malformed', code: 'file.cutOff' });
      // No manifest store was seen, so none is reported as present.
      expect(contentCredentials.presence).toBe('unsupported');
      expect(signals.map(({ id }) => id)).not.toContain('c2pa.unreadable');
    },
  );

  it('has none where they stand before the content, and that was read', () => {
    const cut = evidence();
    const broken = { ...cut, xmp: { status: 'malformed', code: 'jpeg.truncated', reason: 'x.' } } as const;
    expect(markMissingEnd(broken, 'jpeg').c2pa).toEqual({ status: 'absent' });
    expect(markMissingEnd(broken, 'png').c2pa).toMatchObject({ code: 'file.cutOff' });
    expect(markMissingEnd(cut, 'png')).toBe(cut);
  });

  it('that was signed is not what was signed, since its end is missing', async () => {
    const { summary, contentCredentials } = await inspect('hostile/mp4-cut-before-media.mp4');
    expect(contentCredentials.integrity).toBe('altered');
    expect(summary.sentence).toContain(
      'The end of the file is missing, so the signature does not fit this copy. So nothing',
    );
    expect(summary.sentence).not.toContain('changed after signing');
  });

  it('is no initialisation segment, and one is not cut off', async () => {
    const cut = await inspect('hostile/mp4-cut-before-media.mp4');
    expect(JSON.stringify(cut.reads)).not.toContain('initialisation segment');
    const segment = await inspect('hostile/mp4-initialisation-segment.mp4');
    expect(segment.reads.c2pa.note).toContain('initialisation segment');
    expect(segment.contentCredentials.integrity).toBe('undetermined');
    expect(segment.summary.sentence).not.toContain('is missing');
  });

  it('is none where its end is there and a length in it is wrong', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-cut-off-'));
    try {
      for (const [file, at] of [
        ['plain.png', 33],
        ['plain.jpg', 4],
        ['plain.webp', 16],
      ] as const) {
        const bytes = readFileSync(join(import.meta.dirname, '../../../fixtures/plain', file));
        // Sets the length of a chunk or segment beyond the end of the file.
        bytes.fill(0x7f, at, at + 2);
        if (file === 'plain.webp') bytes.fill(0x7f, at, at + 3);
        writeFileSync(join(folder, file), bytes);
        const path = join(folder, file);
        const { summary } = told(
          await inspector.inspect({ path, name: file, asOf: '2026-11-25', engine: 'auto' }),
        );
        expect(summary.sentence).not.toContain('is missing');
        expect(summary.sentence).toContain('Not read: ');
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.each(['plain/plain.mp4', 'plain/plain.wav', 'plain/plain.webp', 'plain/plain.tiff', 'plain/plain.avi'])(
    'is none that is whole: %s',
    async (file) => {
      expect((await inspect(file)).summary.sentence).not.toContain('is missing');
    },
  );

  it('is none for the sake of a block, a small picture or something behind its end', () => {
    const truncated = {
      status: 'malformed',
      ...fault('tiff.truncated', { what: 'other' }),
    } as const;
    const torn = {
      status: 'malformed',
      ...fault('jpeg.truncated', { where: 'segment' }),
    } as const;
    expect(findTruncation({ ...evidence(), exif: truncated, parts: torn, thumbnail: torn })).toEqual({});
    expect(findTruncation({ ...evidence(), xmp: torn })).toEqual({
      cutOff: { isMostMissing: false, carriers: ['xmp'] },
    });
  });
});

describe('a read that ran out of time', () => {
  it('is told from one that failed', () => {
    const late = createUnreadEvidence(fault('reader.budget', { seconds: 20 }));
    expect(findTimedOutReads(late).late).toContain('xmp');
    expect(
      findTimedOutReads(createUnreadEvidence(fault('reader.crashed', { how: 'exception', end: '' }))),
    ).toEqual({});
  });
});
