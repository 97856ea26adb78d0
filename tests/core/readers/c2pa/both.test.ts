import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fault } from '../../../../src/base/fault.js';
import { Asset } from '../../../../src/core/media/asset.js';
import { foundValue } from '../../../../src/core/media/carrier.js';
import { c2paReader } from '../../../../src/core/readers/carriers/c2pa.js';
import type { StoredReport } from '../../../../src/core/report/report.js';
import { createInspector } from '../../../../src/inspect/pool/create-inspector.js';
import { noteText } from '../../../support/fault-text.js';

const FIXTURES = join(import.meta.dirname, '../../../../fixtures');
const inspector = createInspector({ jobs: 2 });
afterAll(() => inspector.close());
const inspect = (file: string): Promise<StoredReport> =>
  inspector.inspect({
    path: join(FIXTURES, file),
    name: basename(file),
    asOf: '2026-11-25',
    engine: 'both',
  });

describe('both engines', () => {
  it.each([
    'c2pa/jpeg-c2pa-intact.jpg',
    'c2pa/png-c2pa-altered-data.png',
    'c2pa/mov-c2pa-intact.mov',
    'c2pa/png-c2pa-bad-signature.png',
    'c2pa/jpeg-c2pa-timestamped.jpg',
    'c2pa/jpeg-c2pa-expired-without-timestamp.jpg',
  ])('agree on %s, the native one first', async (file) => {
    const { contentCredentials, signals, reads } = await inspect(file);
    expect(contentCredentials.engine?.name).toBe('native');
    expect(contentCredentials.secondOpinion).toMatchObject({
      engine: { name: 'wasm' },
      agrees: true,
      differences: [],
    });
    expect(signals.map(({ id }) => id)).not.toContain('c2pa.engines.disagree');
    expect(reads.c2pa.messages).toBeUndefined();
  });

  it('raise a signal where they do not: only the native one has a word against a certificate for documents', async () => {
    const { contentCredentials, signals } = await inspect('c2pa/jpeg-c2pa-document-signer.jpg');
    expect(contentCredentials.secondOpinion).toMatchObject({
      agrees: false,
      differences: ['-signingCredential.invalid'],
    });
    expect(signals.map(({ id }) => id)).toContain('c2pa.engines.disagree');
  });

  it('find nothing where there is nothing', async () => {
    const { contentCredentials } = await inspect('labels/png-a1111.png');
    expect(contentCredentials).toEqual({ presence: 'absent' });
  });

  it('leave the answer of one where the other hung, and say so', async () => {
    const asset = await Asset.open(join(FIXTURES, 'c2pa/png-c2pa-intact.png'));
    const engineFaults = { native: fault('reader.deadline', { seconds: 6 }) };
    const read = await c2paReader.read(asset, { engine: 'both', engineFaults });
    await asset.close();
    expect(foundValue(read)?.engine.name).toBe('wasm');
    expect(noteText(read)).toMatch(/Native engine: .* was stopped\. There is no second opinion\.$/);
  });
});
