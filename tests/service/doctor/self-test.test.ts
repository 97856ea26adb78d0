import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { message } from '../../../src/i18n/message.js';
import { createInspector } from '../../../src/inspect/pool/create-inspector.js';
import type { Inspector } from '../../../src/inspect/pool/inspector.js';
import { Confinement } from '../../../src/inspect/sandbox/confinement.js';
import { runSelfTest, selfTestFaults } from '../../../src/service/doctor/diagnose.js';
import { checkEngines } from '../../../src/service/doctor/parts/engines.js';
import { KNOWN_FILES, KNOWN_TRUST, selfTest } from '../../../src/service/doctor/self-test.js';
import { english, inEnglish } from '../../i18n/english.js';

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url)));

describe('the files whose answer is known', () => {
  it.each([
    ['intact.png', 'c2pa/png-c2pa-intact.png'],
    ['altered.png', 'c2pa/png-c2pa-altered-data.png'],
    ['unlisted.png', 'c2pa/png-c2pa-unlisted.png'],
    ['trust/private/root.pem', 'ca/root.pem'],
  ])('%s is the fixture %s', (shipped, made) => {
    expect(readFileSync(`${KNOWN_FILES}${shipped}`).equals(fixture(made))).toBe(true);
  });
});

describe('the self-test', () => {
  it('passes here, through both engines', async () => {
    const confinement = new Confinement();
    const tested = await runSelfTest(confinement);
    expect(tested.rows.map(({ engine, file, outcome }) => `${engine} ${file} ${outcome}`)).toEqual([
      'native intact right',
      'native altered right',
      'native unlisted right',
      'wasm intact right',
      'wasm altered right',
      'wasm unlisted right',
    ]);
    expect(tested.passed).toBe(true);
    expect(confinement.status?.level).toBe(confinement.level);
  });

  it('tells which engine said what instead of what', async () => {
    // An engine that reports every file as intact.
    const real = createInspector({ jobs: 1, trustDir: KNOWN_TRUST });
    const credulous: Pick<Inspector, 'inspect'> = {
      inspect: (request) => real.inspect({ ...request, path: request.path.replace('altered', 'intact') }),
    };
    const tested = await selfTest(credulous, 200_000);
    await real.close();
    expect(tested.passed).toBe(false);
    expect(selfTestFaults(tested).map(english)).toEqual([
      '  native, altered.png: “present, intact, private” instead of “present, altered, private”',
      '  wasm, altered.png: “present, intact, private” instead of “present, altered, private”',
    ]);
    expect(checkEngines(tested).map(({ state }) => state)).toEqual(['failed', 'failed']);
  });

  it('ends in its time when nobody answers', async () => {
    const tested = await selfTest({ inspect: () => new Promise(() => {}) }, 200);
    expect(tested.passed).toBe(false);
    expect(new Set(tested.rows.map(({ outcome }) => outcome))).toEqual(new Set(['silent']));
  });

  it('is not passed where there is no engine at all', async () => {
    const rows = (['native', 'wasm'] as const).map((engine) => ({
      engine,
      file: 'intact' as const,
      outcome: 'missing' as const,
      expected: '',
      got: message('doctor.noAnswer'),
    }));
    expect(
      checkEngines({ passed: false, millis: 1, rows }).map(({ state, lost }) => [
        state,
        lost && english(lost),
      ]),
    ).toEqual([
      ['failed', inEnglish('doctor.engine.none')],
      ['failed', inEnglish('doctor.engine.none')],
    ]);
    expect(selfTestFaults({ passed: false, millis: 1, rows }).map(english)).toEqual([
      inEnglish('start.selfTest.none'),
    ]);
  });
});
