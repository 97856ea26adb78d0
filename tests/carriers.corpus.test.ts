import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createInspector } from '../src/inspect/pool/create-inspector.js';

/** Real files with a statement or a date in a carrier that was formerly not read. */
const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';
const FOLDER = join(CORPUS, 'dec-2026');

if (CORPUS !== '' && existsSync(FOLDER)) {
  const inspector = createInspector({ jobs: 1 });
  afterAll(() => inspector.close());
  const inspect = (file: string) =>
    inspector.inspect({ path: join(FOLDER, file), name: file, asOf: '2026-11-25', engine: 'auto' });

  describe('places where a carrier stands', () => {
    it.each([
      ['exif_02bc.jpg', 'APP1 Exif IFD0 tag 700: Iptc4xmpExt:DigitalSourceType'],
      ['prefix_xmp.svg', 'svg metadata: Iptc4xmpExt:DigitalSourceType'],
    ])('%s is read to its end', async (file, locator) => {
      const { signals, summary } = await inspect(file);
      expect(signals.find(({ id }) => id.startsWith('iptc.'))?.basis[0]?.locator).toBe(locator);
      expect(summary).toMatchObject({ origin: 'ai-generated', coverage: { state: 'complete' } });
    });

    it.each([
      ['sindresorhus+file-type/fixture/fixture-printed.pdf', '2020-05-13T13:32:27+02:00', undefined],
      ['Borewit+music-metadata/test/samples/mp4/issue-387.m4a', '1992-04-04T07:50:33Z', true],
    ])('%s gives its date', async (file, value, countedFrom1970) => {
      const [first] = (await inspect(file)).asset.claimedDates ?? [];
      expect(first).toMatchObject({ value });
      expect(first?.countedFrom1970).toBe(countedFrom1970);
    });
  });
}
