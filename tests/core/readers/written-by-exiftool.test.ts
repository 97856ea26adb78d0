import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Asset } from '../../../src/core/media/asset.js';
import { observe } from '../../../src/core/pipeline/analyze.js';
import { describeWith } from '../../support/system-parts.js';

/**
 * Metadata that photo desks write: a statement in XMP, a credit in IPTC-IIM and a maker in EXIF, as exiftool writes
 * them.
 */
const run = promisify(execFile);
const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');
const TERM = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';

const FILES = [
  ['formats/psd-plain.psd', ['xmp', 'iptcIim', 'exif']],
  ['formats/jp2-plain.jp2', ['xmp', 'iptcIim', 'exif']],
  ['plain/plain.tiff', ['xmp', 'iptcIim', 'exif']],
  ['plain/plain.jpg', ['xmp', 'iptcIim', 'exif']],
  ['plain/plain.png', ['xmp', 'exif']],
  ['plain/plain.pdf', ['xmp']],
  ['plain/plain.mp4', ['xmp']],
  ['plain/plain.eps', ['xmp', 'iptcIim', 'exif']],
] as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-exiftool-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeWith('exiftool', 'exiftool wrote it', () => {
  it('and each block is found where it was put', async () => {
    const paths = FILES.map(([file]) => join(folder, basename(file)));
    FILES.forEach(([file], at) => {
      copyFileSync(join(FIXTURES, file), paths[at] ?? '');
    });
    await run('exiftool', [
      ...['-q', '-overwrite_original', `-XMP-iptcExt:DigitalSourceType=${TERM}`],
      ...['-IPTC:Credit=Example Agency', '-EXIF:Make=Example Make'],
      ...paths,
    ]);
    for (const [at, [file, carriers]] of FILES.entries()) {
      const asset = await Asset.open(paths[at] ?? '');
      const { report } = await observe(asset, { asOf: '2026-11-29', engine: 'auto' }).finally(() =>
        asset.close(),
      );
      const found = carriers.filter((carrier) => report.reads[carrier].status === 'found');
      expect([file, found, report.summary.origin]).toEqual([file, [...carriers], 'ai-generated']);
    }
  });

  it('and the dates that it writes into a PDF are those of the file', async () => {
    const path = join(folder, 'dated.pdf');
    copyFileSync(join(FIXTURES, 'plain/plain.pdf'), path);
    const [begun, saved] = ['2020:05:13 13:32:27+02:00', '2021:05:13 13:32:27Z'];
    await run('exiftool', [
      ...['-q', '-overwrite_original', `-PDF:CreateDate=${begun}`, `-PDF:ModifyDate=${saved}`],
      ...[`-XMP-xmp:CreateDate=${begun}`, path],
    ]);
    const asset = await Asset.open(path);
    const { report } = await observe(asset, { asOf: '2026-11-29', engine: 'auto' }).finally(() =>
      asset.close(),
    );
    expect(report.asset.claimedDates?.map(({ value }) => value).sort()).toEqual([
      '2020-05-13T13:32:27+02:00',
      '2020-05-13T13:32:27+02:00',
      '2021-05-13T13:32:27Z',
    ]);
    expect(report.summary.facts?.when).toMatchObject({ code: 'claimed', day: '2020-05-13' });
  });

  it('and a sidecar that it made says the same alone', async () => {
    const sidecar = join(folder, 'alone.xmp');
    await run('exiftool', ['-q', `-XMP-iptcExt:DigitalSourceType=${TERM}`, sidecar]);
    const asset = await Asset.open(sidecar);
    const { report } = await observe(asset, { asOf: '2026-11-29', engine: 'auto' }).finally(() =>
      asset.close(),
    );
    expect(report.summary).toMatchObject({ origin: 'ai-generated', coverage: { state: 'complete' } });
  });

  it('and a sidecar that it made says the same of the file beside it', async () => {
    const path = join(folder, 'raw.orf');
    const sidecar = join(folder, 'raw.xmp');
    copyFileSync(join(FIXTURES, 'plain/synthetic.orf'), path);
    await run('exiftool', ['-q', `-XMP-iptcExt:DigitalSourceType=${TERM}`, sidecar]);
    const asset = await Asset.open(path);
    const options = { asOf: '2026-11-29', engine: 'auto' as const, sidecarPath: sidecar };
    const { report } = await observe(asset, options).finally(() => asset.close());
    expect(report.summary.origin).toBe('ai-generated');
    expect(report.signals.flatMap(({ basis }) => basis).some((place) => place.sidecar === true)).toBe(true);
  });
});
