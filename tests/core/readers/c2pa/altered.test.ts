import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fault, faultMessage } from '../../../../src/base/fault.js';
import type { EngineName } from '../../../../src/core/c2pa/engine-names.js';
import { Asset } from '../../../../src/core/media/asset.js';
import { foundValue } from '../../../../src/core/media/carrier.js';
import { c2paReader } from '../../../../src/core/readers/carriers/c2pa.js';
import type { ReadingStep } from '../../../../src/core/report/analyze-options.js';
import type { LocalizedReport } from '../../../../src/core/report/report.js';
import { message } from '../../../../src/i18n/message.js';
import { createInspector } from '../../../../src/inspect/pool/create-inspector.js';
import { inEnglish } from '../../../i18n/english.js';
import { told } from '../../../support/localized.js';

/** “Altered” is not reported on the word of one engine before the other was called. */

const FIXTURES = join(import.meta.dirname, '../../../../fixtures');
const inspector = createInspector({ jobs: 1 });
afterAll(() => inspector.close());
const inspect = (file: string, engine: 'auto' | 'native' = 'auto'): Promise<LocalizedReport> =>
  inspector
    .inspect({ path: join(FIXTURES, file), name: basename(file), asOf: '2026-11-25', engine })
    .then((report) => told(report));

describe('a file that was changed after signing', () => {
  it.each([
    'c2pa/png-c2pa-altered-data.png',
    'c2pa/jpeg-c2pa-bad-signature.jpg',
    'c2pa/mp4-c2pa-altered-data.mp4',
  ])('is called so by both engines, and the Report says who: %s', async (file) => {
    const { contentCredentials: credentials } = await inspect(file);
    expect(credentials.integrity).toBe('altered');
    expect(credentials.engine?.name).toBe('native');
    expect(credentials.secondOpinion).toMatchObject({ engine: { name: 'wasm' }, integrity: 'altered' });
    expect(credentials.soleEngine).toBeUndefined();
  });

  it('stands on the word of the one that was named, and says that no other was asked', async () => {
    const { contentCredentials: credentials, summary } = await inspect(
      'c2pa/png-c2pa-altered-data.png',
      'native',
    );
    expect(credentials.integrity).toBe('altered');
    expect(credentials.secondOpinion).toBeUndefined();
    expect(credentials.soleEngine).toBe(inEnglish('engine.alone.named'));
    expect(summary.sentence).toContain('One C2PA engine alone (native) says so');
  });

  it('an unchanged file is read by one engine alone', async () => {
    const { contentCredentials: credentials } = await inspect('c2pa/png-c2pa-intact.png');
    expect(credentials.integrity).toBe('intact');
    expect(credentials.secondOpinion).toBeUndefined();
  });
});

const hung = fault('reader.deadline', { seconds: 6 });

describe('where the second engine is lost', () => {
  const read = async (fault: EngineName) => {
    const steps: ReadingStep[] = [];
    const asset = await Asset.open(join(FIXTURES, 'c2pa/png-c2pa-altered-data.png'));
    try {
      const context = {
        engine: 'auto' as const,
        engineFaults: { [fault]: hung },
        onStep: (step: ReadingStep) => steps.push(step),
      };
      const value = foundValue(await c2paReader.read(asset, context));
      return { store: value?.kind === 'store' ? value : undefined, steps };
    } finally {
      await asset.close();
    }
  };

  const alone = (engine: 'native' | 'wasm') =>
    message('engine.reported', { engine, why: faultMessage(hung) });

  it('the word of the first stands, with its name and why', async () => {
    const { store, steps } = await read('wasm');
    expect(store).toMatchObject({ engine: { name: 'native' }, soleEngine: alone('wasm') });
    // The step is announced before the engine loads, so that a crash while loading is attributed to it.
    expect(steps.some(({ engine, state }) => engine === 'wasm' && state === 'start')).toBe(true);
  });

  it('so does that of the WASM engine where the native one died', async () => {
    const { store } = await read('native');
    expect(store).toMatchObject({ engine: { name: 'wasm' }, soleEngine: alone('native') });
  });
});
