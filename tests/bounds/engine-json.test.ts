import { describe, it } from 'vitest';
import { NATIVE_INFO } from '../../src/core/c2pa/engines.js';
import type { C2paEvidence } from '../../src/core/c2pa/manifest-store.js';
import { addFindings } from '../../src/core/law/findings.js';
import type { Read } from '../../src/core/media/carrier.js';
import { conclude } from '../../src/core/pipeline/analyze.js';
import { toRead } from '../../src/core/readers/c2pa/answer.js';
import { parseStoreJson } from '../../src/core/readers/c2pa/store-json.js';
import { evidence, facts } from '../support/literals.js';
import { expectSaid } from './expect-bound.js';
import { PAST_ENGINE_JSON } from './past-engine-json.js';

function read(json: object): Read<C2paEvidence> {
  try {
    return { status: 'found', value: parseStoreJson(json, NATIVE_INFO) };
  } catch (error) {
    return toRead(error, NATIVE_INFO, 'image/jpeg');
  }
}

describe('a manifest store that goes past a bound says so', () => {
  it.each(PAST_ENGINE_JSON)('$bound', ({ json, code }) => {
    const observation = conclude(facts(), { ...evidence(), c2pa: read(json) }, { asOf: '2026-11-25' });
    expectSaid(addFindings(observation, { inFull: [], jurisdictions: [] }), { carrier: 'c2pa', code });
  });
});
