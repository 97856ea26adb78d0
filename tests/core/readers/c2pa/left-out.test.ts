import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error: a script without types
import { sign } from '../../../../fixtures/build/signing/sign.js';
import type { EngineChoice } from '../../../../src/core/c2pa/engine-names.js';
import type { LocalizedReport } from '../../../../src/core/report/report.js';
import { createInspector } from '../../../../src/inspect/pool/create-inspector.js';
import { told } from '../../../support/localized.js';

/** Exclusions from a hash are judged by the position of the manifest store, in each container that the SDK signs. */

const FIXTURES = join(import.meta.dirname, '../../../../fixtures');
const inspector = createInspector({ jobs: 2 });
afterAll(() => inspector.close());
const inspect = (path: string, engine: EngineChoice = 'both'): Promise<LocalizedReport> =>
  inspector
    .inspect({ path, name: basename(path), asOf: '2026-11-25', engine })
    .then((report) => told(report));
const ids = ({ signals }: LocalizedReport) => signals.map(({ id }) => id);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-left-out-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function signed(name: string, mimeType: string): Promise<string> {
  const bytes = readFileSync(join(FIXTURES, 'plain', name));
  const { asset } = await sign({ bytes, mimeType, title: name, actions: [DRAWN] });
  const path = join(folder, name);
  writeFileSync(path, asset);
  return path;
}

const DRAWN = {
  action: 'c2pa.created',
  digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation',
};

describe('a file as the SDK signs it today', () => {
  it.each([
    ['plain.jpg', 'image/jpeg'],
    ['plain.png', 'image/png'],
    ['plain.webp', 'image/webp'],
    ['plain.gif', 'image/gif'],
    ['plain.tiff', 'image/tiff'],
    ['synthetic.dng', 'image/x-adobe-dng'],
    ['plain.avif', 'image/avif'],
    ['plain.heic', 'image/heic'],
    ['plain.jxl', 'image/jxl'],
    ['plain.svg', 'image/svg+xml'],
    ['plain.mp4', 'video/mp4'],
    ['plain.mov', 'video/quicktime'],
    ['plain.avi', 'video/avi'],
    ['plain.m4a', 'audio/mp4'],
    ['plain.mp3', 'audio/mpeg'],
    ['plain.wav', 'audio/wav'],
    ['plain.flac', 'audio/flac'],
  ])('is intact, and nothing but the store is left out: %s', async (name, mimeType) => {
    const report = await inspect(await signed(name, mimeType));
    expect(report.contentCredentials).toMatchObject({
      presence: 'present',
      integrity: 'intact',
      secondOpinion: { agrees: true, integrity: 'intact' },
    });
    expect(ids(report)).not.toContain('c2pa.binding.leavesOutMore');
  });

  it('is left open in BigTIFF: c2pa-rs 0.91 leaves out eight bytes of another entry than the one of the store', async () => {
    const report = await inspect(await signed('bigtiff.tiff', 'image/tiff'));
    expect(report.contentCredentials.integrity).toBe('undetermined');
    const { value } = report.signals.find(({ id }) => id === 'c2pa.binding.leavesOutMore') ?? {};
    const [, first, last] = /^bytes (\d+) to (\d+)$/.exec(value ?? '') ?? [];
    expect(Number(last) - Number(first) + 1).toBe(8);
  });
});

describe('a hash that leaves out more', () => {
  it.each(['auto', 'native', 'wasm', 'both'] as const)(
    'than the store and metadata leaves the signed part unchanged, and that is told (%s)',
    async (engine) => {
      const report = await inspect(join(FIXTURES, 'c2pa/jpeg-c2pa-leaves-out-metadata.jpg'), engine);
      expect(report.contentCredentials.integrity).toBe('intact');
      expect(ids(report)).toContain('c2pa.binding.leavesOutMore');
      expect(report.summary.facts?.changed.code).toBe('not-in-signed-part');
      expect(report.summary.sentence).toContain('the signed part has not changed since signing');
    },
  );

  it.each(
    ['jpeg-c2pa-leaves-out-picture.jpg', 'mp4-c2pa-leaves-out-media.mp4'].flatMap((name) =>
      (['auto', 'native', 'wasm', 'both'] as const).map((engine) => [name, engine] as const),
    ),
  )('some of the content: %s cannot be told to be unchanged (%s)', async (name, engine) => {
    const report = await inspect(join(FIXTURES, 'c2pa', name), engine);
    expect(report.contentCredentials.integrity).toBe('undetermined');
    expect(ids(report)).toContain('c2pa.binding.leavesOutMore');
    expect(report.summary.sentence).toContain(
      'the signature leaves out part of the content, which could have been changed',
    );
  });

  it('names the box that it leaves out', async () => {
    const { signals } = await inspect(join(FIXTURES, 'c2pa/mp4-c2pa-leaves-out-media.mp4'));
    expect(signals.find(({ id }) => id === 'c2pa.binding.leavesOutMore')?.value).toBe('the box “/mdat”');
  });

  it('is another picture behind the same range: it is not said to be unchanged', async () => {
    // Replaces everything that the hash excludes by a whole other picture with the same store.
    const signed = readFileSync(join(FIXTURES, 'c2pa/jpeg-c2pa-leaves-out-picture.jpg'));
    const other = readFileSync(join(FIXTURES, 'c2pa/jpeg-c2pa-leaves-out-picture.jpg'));
    const at = other.length - 200;
    other[at] = (other[at] ?? 0) ^ 0x55;
    expect(other.subarray(-100).equals(signed.subarray(-100))).toBe(true);
    const path = join(folder, 'other.jpg');
    writeFileSync(path, other);
    expect((await inspect(path)).contentCredentials.integrity).toBe('undetermined');
  });
});

describe('a certificate that has run out', () => {
  it.each(['auto', 'native', 'wasm', 'both'] as const)(
    'takes nothing from the integrity where the signature holds (%s)',
    async (engine) => {
      const path = join(FIXTURES, 'c2pa/png-c2pa-expired-without-timestamp.png');
      const { contentCredentials } = await inspect(path, engine);
      expect(contentCredentials).toMatchObject({
        integrity: 'intact',
        time: { validity: 'expired-without-timestamp' },
      });
    },
  );

  it('is not enough where the signature does not hold', async () => {
    const png = readFileSync(join(FIXTURES, 'c2pa/png-c2pa-expired-without-timestamp.png'));
    const cose = png.indexOf(Buffer.from('c2pa.signature\0', 'latin1'));
    const signature = png.indexOf(Buffer.from([0x58, 0x40]), cose) + 2;
    png[signature] = (png[signature] ?? 0) ^ 1;
    const path = join(folder, 'expired.png');
    writeFileSync(path, png);
    for (const engine of ['native', 'wasm'] as const)
      expect((await inspect(path, engine)).contentCredentials.integrity).not.toBe('intact');
  });
});
