import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EngineChoice } from '../../../../src/core/c2pa/engine-names.js';
import type { LocalizedReport } from '../../../../src/core/report/report.js';
import { message } from '../../../../src/i18n/message.js';
import { createInspector } from '../../../../src/inspect/pool/create-inspector.js';
import { told } from '../../../support/localized.js';
import { catalog, fileOf, PAGE, PAGES, pdf, pdfOf, stream } from '../../trust/pdf-carrier.js';

/** A PDF that contains a manifest store is never reported without one, however much of it the engines can read. */
const FIXTURES = join(import.meta.dirname, '../../../../fixtures/c2pa');
const ENGINES = ['auto', 'native', 'wasm', 'both'] as const satisfies EngineChoice[];

const inspector = createInspector({ jobs: 2 });
const folder = mkdtempSync(join(tmpdir(), 'assay-pdf-engines-'));
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await inspector.close();
});
const inspectAt = (path: string, engine: EngineChoice): Promise<LocalizedReport> =>
  inspector
    .inspect({ path, name: basename(path), asOf: '2026-11-25', engine })
    .then((report) => told(report));
const inspect = (name: string, engine: EngineChoice = 'auto') => inspectAt(join(FIXTURES, name), engine);
function inspectBytes(bytes: Buffer, engine: EngineChoice = 'auto'): Promise<LocalizedReport> {
  const path = join(mkdtempSync(join(folder, 'one-')), 'file.pdf');
  writeFileSync(path, bytes);
  return inspectAt(path, engine);
}

describe('Content Credentials of a PDF', () => {
  it.each(ENGINES.flatMap((engine) => ['intact', 'packed'].map((state) => [engine, state] as const)))(
    'are validated by %s (%s), and read from the bytes whole',
    async (engine, state) => {
      const { contentCredentials } = await inspect(`pdf-c2pa-${state}.pdf`, engine);
      expect(contentCredentials).toMatchObject({ presence: 'present', integrity: 'intact' });
      expect(contentCredentials.bytesFault).toBeUndefined();
      expect(contentCredentials.signer?.certificates).toHaveLength(1);
    },
  );

  it.each(ENGINES)('are no longer those of a page that was changed (%s)', async (engine) => {
    const { contentCredentials } = await inspect('pdf-c2pa-altered-data.pdf', engine);
    expect(contentCredentials).toMatchObject({
      presence: 'present',
      integrity: 'altered',
      integrityCauses: ['assertion.dataHash.mismatch'],
    });
  });

  it.each(['auto', 'native', 'both'] as const)(
    'that the engines do not reach are handed to them (%s)',
    async (engine) => {
      const { contentCredentials, reads } = await inspect('pdf-c2pa-embedded-only.pdf', engine);
      expect(contentCredentials).toMatchObject({ presence: 'present', integrity: 'intact' });
      expect(contentCredentials.signer?.certificates).toHaveLength(1);
      expect(reads.c2pa.note).toContain('did not reach the manifest store of this PDF by itself');
    },
  );

  it('that no engine can be handed are said to be there and unread', async () => {
    const { contentCredentials, reads, summary } = await inspect('pdf-c2pa-embedded-only.pdf', 'wasm');
    expect(contentCredentials.presence).toBe('unreadable');
    expect(reads.c2pa).toMatchObject({ status: 'failed', code: 'c2pa.storeNotReached' });
    expect(summary.sentence).not.toContain('No Content Credentials');
  });

  it('are not asked about by whoever brings a manifest store along', async () => {
    const { contentCredentials, reads } = await inspector.inspect({
      path: join(FIXTURES, 'pdf-c2pa-embedded-only.pdf'),
      sidecarPath: join(FIXTURES, '../plain/not-media.txt'),
      name: 'file.pdf',
      asOf: '2026-11-25',
      engine: 'auto',
    });
    expect(contentCredentials.presence).toBe('unreadable');
    expect(reads.c2pa.messages?.note ?? []).not.toContainEqual(message('note.pdfStore.handed'));
  });

  it.each(ENGINES)('that are announced and not there are unreadable, not absent (%s)', async (engine) => {
    const direct = `/AF [${fileOf(9)}]`;
    for (const bytes of [
      pdfOf([catalog('/AF [4 0 R]'), PAGES, PAGE, fileOf(9)]),
      pdfOf([catalog(direct), PAGES, PAGE]),
      pdfOf([catalog('/AF [4 0 R]'), PAGES, PAGE, fileOf(5), stream({ bytes: Buffer.from('no store') })]),
    ])
      expect((await inspectBytes(bytes, engine)).contentCredentials.presence).toBe('unreadable');
  });

  it.each(ENGINES)('are absent where a PDF embeds other files or none (%s)', async (engine) => {
    for (const bytes of [pdf(), pdf({ bytes: Buffer.from('<a/>'), relationship: 'Source' })])
      expect((await inspectBytes(bytes, engine)).contentCredentials.presence).toBe('absent');
  });
});

describe('answers on revocation that a manifest keeps in bytes', () => {
  it.each(['native', 'wasm'] as const)('are read by each engine (%s)', async (engine) => {
    const { contentCredentials } = await inspect('jpeg-c2pa-status-bytes.jpg', engine);
    expect(contentCredentials).toMatchObject({ presence: 'present', integrity: 'intact' });
    expect(contentCredentials.engine?.name).toBe(engine);
  });
});
