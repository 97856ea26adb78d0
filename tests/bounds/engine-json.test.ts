import { describe, it } from 'vitest';
import { conclude } from '../../src/core/analysis/analyze.js';
import { NATIVE_INFO } from '../../src/core/c2pa/engines.js';
import type { C2paEvidence } from '../../src/core/c2pa/manifest-store.js';
import { withFindings } from '../../src/core/law/with-findings.js';
import type { Read } from '../../src/core/media/carrier.js';
import { errorToRead } from '../../src/core/readers/c2pa/answer.js';
import { readStoreJson } from '../../src/core/readers/c2pa/store-json.js';
import { evidence, facts } from '../literals.js';
import { PAST_ENGINE_JSON } from './past-engine-json.js';
import { expectSaid } from './said.js';

function read(json: object): Read<C2paEvidence> {
  try {
    return { status: 'found', value: readStoreJson(json, NATIVE_INFO) };
  } catch (error) {
    return errorToRead(error, NATIVE_INFO, 'image/jpeg');
  }
}

describe('a manifest store that goes past a bound says so', () => {
  it.each(PAST_ENGINE_JSON)('$bound', ({ json, code }) => {
    const observation = conclude(facts(), { ...evidence(), c2pa: read(json) }, { asOf: '2026-11-25' });
    expectSaid(withFindings(observation, { inFull: [], places: [] }), { carrier: 'c2pa', code });
  });
});
