import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fixtureFiles } from '../../../../fixtures/build/expected.js';
import type { EngineChoice } from '../../../../src/core/c2pa/engine-names.js';
import { Asset } from '../../../../src/core/media/asset.js';
import { isLocated, readManifestStore } from '../../../../src/core/readers/manifest-store/index.js';
import type { LocalizedReport } from '../../../../src/core/report/report.js';
import { createInspector } from '../../../../src/inspect/pool/create-inspector.js';
import { inEnglish } from '../../../i18n/english.js';
import { noteText } from '../../../support/fault-text.js';
import { told } from '../../../support/localized.js';

/** An engine's error is a fault of reading. Credentials count as present or damaged only if Assay located a store. */

const FIXTURES = join(import.meta.dirname, '../../../../fixtures');
const inspector = createInspector({ jobs: 2 });
afterAll(() => inspector.close());
const inspect = (file: string, engine: EngineChoice = 'auto'): Promise<LocalizedReport> =>
  inspector
    .inspect({ path: join(FIXTURES, file), name: basename(file), asOf: '2026-11-25', engine })
    .then((report) => told(report));
const ids = ({ signals }: LocalizedReport) => signals.map(({ id }) => id);

describe('a file without a byte of C2PA that an engine refuses', () => {
  it('has none where the other engine and Assay’s own walk find none', async () => {
    const { contentCredentials, reads } = await inspect('hostile/svg-prefixed-root.svg', 'both');
    expect(contentCredentials).toEqual({ presence: 'absent' });
    expect(noteText(reads.c2pa)).toContain('root element must be "svg"');
    // The file has no marker of a manifest, so no engine is called unless one is named.
    expect((await inspect('hostile/svg-prefixed-root.svg')).reads.c2pa).toEqual({ status: 'absent' });
  });

  it.each([
    ['hostile/svg-prefixed-root.svg', 'native'],
    ['hostile/tiff-lost-subifd.tif', 'auto'],
    ['hostile/tiff-lost-subifd.tif', 'native'],
    ['hostile/tiff-lost-subifd.tif', 'wasm'],
    ['hostile/tiff-lost-subifd.tif', 'both'],
    ['hostile/mov-odd-ftyp.mov', 'native'],
    ['hostile/mov-odd-ftyp.mov', 'wasm'],
    ['hostile/tiff-many-subifds.tif', 'auto'],
  ] as const)('was not looked into, and nothing is called damaged: %s (%s)', async (file, engine) => {
    const report = await inspect(file, engine);
    expect(report.contentCredentials.presence).toBe('unsupported');
    expect(ids(report)).not.toContain('c2pa.unreadable');
    expect(report.summary.coverage.unread).toContainEqual(
      expect.objectContaining({ carrier: 'c2pa', code: 'c2pa.InvalidAsset' }),
    );
    expect(report.summary.headline?.id).not.toBe('headline.unreadable');
    expect(report.summary.facts?.who.code).toBe('could-not-look');
  });

  it('says nothing against a label in it', async () => {
    expect((await inspect('hostile/svg-prefixed-root.svg')).summary.origin).toBe('ai-generated');
  });
});

describe('a file in which Assay locates what cannot be read', () => {
  it.each(['c2pa/jpeg-c2pa-truncated-store.jpg', 'hostile/svg-store-of-other.svg'])(
    'holds damaged credentials: %s',
    async (file) => {
      for (const engine of ['auto', 'native', 'wasm', 'both'] as const) {
        const report = await inspect(file, engine);
        expect(report.contentCredentials.presence).toBe('unreadable');
        expect(report.summary.headline?.id).toBe('headline.unreadable');
      }
    },
  );

  it('holds an old form where the engines say that it is from before the standard', async () => {
    for (const engine of ['auto', 'native', 'wasm', 'both'] as const) {
      const { contentCredentials, summary, reads } = await inspect('c2pa/png-c2pa-prerelease.png', engine);
      expect(contentCredentials.presence).toBe('unreadable');
      expect(summary.headline?.id).toBe('headline.oldForm');
      expect(summary.sentence).toContain('from before the first C2PA standard');
      expect(reads.c2pa.reason).toContain('from before the first C2PA standard');
      expect(`${summary.headline?.text} ${summary.sentence}`).not.toMatch(/damaged|whole credentials/);
    }
  });
});

it('a segment without its init file names that', async () => {
  const { contentCredentials, summary, reads } = await inspect('c2pa/stream-c2pa-1.m4s');
  expect(contentCredentials.presence).toBe('unsupported');
  expect(reads.c2pa.code).toBe('segment.needsInit');
  expect(summary.headline?.text).toBe(inEnglish('headline.segmentAlone'));
  expect(summary.sentence).toContain('Give its init file with it');
});

it('no fixture is called unreadable in which Assay locates no store', async () => {
  const unread = fixtureFiles().filter(
    ({ path }) => JSON.parse(readFileSync(`${path}.expected.json`, 'utf8')).presence === 'unreadable',
  );
  expect(unread.length).toBeGreaterThan(3);
  const wrong: string[] = [];
  for (const { path } of unread) {
    const asset = await Asset.open(path);
    if (!isLocated(await readManifestStore(asset))) wrong.push(path);
    await asset.close();
  }
  expect(wrong).toEqual([]);
});
