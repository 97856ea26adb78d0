import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Asset } from '../../../../src/core/media/asset.js';
import { observe } from '../../../../src/core/pipeline/analyze.js';
import type { Observation, WholeObservation } from '../../../../src/core/report/report.js';

/** Pictures in HEIC that are no files: each is judged only by the metadata that describe it. */
const FIXTURES = resolve(import.meta.dirname, '../../../../fixtures/parts');
const SERIES = readFileSync(resolve(FIXTURES, 'heic-burst-labelled.heic'));

const observed = async (bytes: Buffer): Promise<WholeObservation> =>
  observe(await Asset.fromBytes(bytes), { asOf: '2026-11-29', engine: 'native', partReports: true });

const told = ({ report }: Observation) =>
  (report.parts ?? []).slice(1).map(({ kind, locator, outcome, code }) => ({
    locator: `${kind}, ${locator}`,
    origin: outcome?.origin,
    presence: outcome?.presence,
    labels: outcome?.labels,
    coverage: outcome?.coverage,
    ...(code === undefined ? {} : { code }),
  }));

const SILENT = { origin: 'none', presence: 'absent', labels: [], coverage: 'complete' };
const TRAINED = {
  ...SILENT,
  origin: 'ai-generated',
  labels: ['iptc.digitalSourceType.trainedAlgorithmicMedia'],
};

/** Replaces all occurrences of these bytes by others of the same length. */
function changed(from: string | Buffer, to: string | Buffer): Buffer {
  const bytes = Buffer.from(SERIES);
  const [before, after] = [Buffer.from(from), Buffer.from(to)];
  expect(bytes.includes(before)).toBe(true);
  for (let at = bytes.indexOf(before); at >= 0; at = bytes.indexOf(before, at + 1)) after.copy(bytes, at);
  return bytes;
}

describe('a picture of a series in HEIC', () => {
  it('says what its own XMP and EXIF say, one of tiles what that of a tile says; the file says nothing of it', async () => {
    const observation = await observed(SERIES);
    expect(told(observation)).toEqual([
      { locator: 'burst-image, item 2 (hvc1)', ...TRAINED },
      { locator: 'burst-image, item 3 (hvc1)', ...TRAINED, labels: ['gb45438.label.generated'] },
      { locator: 'burst-image, item 4 (hvc1)', ...SILENT },
      { locator: 'burst-image, item 5 (grid)', ...TRAINED },
    ]);
    const { summary, reads, signals } = observation.report;
    expect([summary.origin, summary.coverage.state]).toEqual(['none', 'complete']);
    expect([reads.xmp.status, reads.exif.status]).toEqual(['absent', 'absent']);
    expect(signals.map(({ id }) => id)).toEqual(['file.severalAssets']);
  });

  it('names the item that its label stands in, and no offset, which would be one of another file', async () => {
    const { parts = [] } = await observed(SERIES);
    const [first] = parts;
    expect(first?.observation.report.signals[0]?.basis).toEqual([
      { carrier: 'xmp', locator: 'item 7 mime application/rdf+xml: Iptc4xmpExt:DigitalSourceType' },
    ]);
  });

  it('is unknown where its metadata cannot be read, and with it the file', async () => {
    const observation = await observed(changed('<rdf:Description', '<<df:Description'));
    expect(told(observation).map(({ origin, coverage }) => [origin, coverage])).toEqual([
      ['unknown', 'partial'],
      ['ai-generated', 'complete'],
      ['none', 'complete'],
      ['unknown', 'partial'],
    ]);
    const { summary, reads } = observation.report;
    expect(summary.origin).toBe('unknown');
    expect(reads.parts).toMatchObject({ status: 'found', code: 'parts.notLookedInto' });
  });

  it('leaves the file what describes the picture that is shown, or what is nowhere', async () => {
    const reference = (to: number) => Buffer.from([0, 0, 0, 14, ...Buffer.from('cdsc'), 0, 7, 0, 1, 0, to]);
    for (const to of [1, 99]) {
      const observation = await observed(changed(reference(2), reference(to)));
      expect(told(observation)[0]).toEqual({ locator: 'burst-image, item 2 (hvc1)', ...SILENT });
      expect(observation.report.summary.origin).toBe('ai-generated');
    }
  });

  it('leaves the file what describes the picture that is shown, whatever else that or its tiles stand in', async () => {
    const refers = (type: string, from: number, ...to: number[]) =>
      Buffer.from([
        0,
        0,
        0,
        12 + 2 * to.length,
        ...Buffer.from(type),
        0,
        from,
        0,
        to.length,
        ...to.flatMap((id) => [0, id]),
      ]);
    const both = (...pairs: [Buffer, Buffer][]) =>
      pairs.reduce((bytes, [before, after]) => {
        const at = bytes.indexOf(before);
        expect(at).toBeGreaterThan(0);
        return Buffer.concat([bytes.subarray(0, at), after, bytes.subarray(at + before.length)]);
      }, SERIES);
    const inCollage = both(
      [refers('dimg', 5, 6, 6), refers('dimg', 5, 1, 6)],
      [refers('cdsc', 7, 2), refers('cdsc', 7, 1)],
    );
    const sharedTile = both(
      [refers('dimg', 5, 6, 6), refers('dimg', 1, 6, 6)],
      [refers('cdsc', 8, 3), refers('dimg', 5, 6)],
    );
    // The shown picture is then unknown.
    const unnamed = changed('pitm', 'pixm');
    for (const bytes of [inCollage, sharedTile, unnamed])
      expect((await observed(bytes)).report.summary.origin).toBe('ai-generated');
  });

  it('whose bytes have no place is told as not looked into', async () => {
    const bytes = Buffer.from(SERIES);
    // Its entry in the location box: number, data reference, number of extents.
    const entry = Buffer.from([0, 4, 0, 0, 0, 1]);
    bytes[bytes.indexOf(entry, bytes.indexOf('iloc')) + 1] = 98;
    const observation = await observed(bytes);
    const [one] = told(observation).filter(({ locator }) => locator.includes('item 4'));
    expect(one).toMatchObject({ code: 'part.damaged' });
    expect(observation.report.summary.origin).toBe('unknown');
  });
});
