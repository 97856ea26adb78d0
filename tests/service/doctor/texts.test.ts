import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { Confinement } from '../../../src/inspect/sandbox/confinement.js';
import { type DoctorPart, toDoctorPartView } from '../../../src/service/doctor/part.js';
import { toArchivePart } from '../../../src/service/doctor/parts/archives.js';
import { checkCodeCache } from '../../../src/service/doctor/parts/code.js';
import { checkDatabase } from '../../../src/service/doctor/parts/database.js';
import { checkDisk } from '../../../src/service/doctor/parts/disk.js';
import { checkEngines } from '../../../src/service/doctor/parts/engines.js';
import { checkFfmpeg } from '../../../src/service/doctor/parts/ffmpeg.js';
import { checkFpcalc } from '../../../src/service/doctor/parts/fpcalc.js';
import { checkIsolation } from '../../../src/service/doctor/parts/isolation.js';
import { checkPrinting } from '../../../src/service/doctor/parts/printing.js';
import { describeRuntime } from '../../../src/service/doctor/parts/runtime.js';
import { checkSecretKeys } from '../../../src/service/doctor/parts/secret-key.js';
import { checkTesseract } from '../../../src/service/doctor/parts/tesseract.js';
import { checkInstalledTrustLists } from '../../../src/service/doctor/parts/trust.js';
import type { SelfTestRow } from '../../../src/service/doctor/self-test.js';
import { chinese, inChinese } from '../../i18n/english.js';
import { PSEUDO } from '../../i18n/marked.js';
import { keyText } from '../../support/secret-keys.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-doctor-zh-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Creates a program that prints this and nothing else. */
function program(name: string, says: string): string {
  const dir = mkdtempSync(join(folder, 'bin-'));
  writeFileSync(join(dir, name), `#!/bin/sh\n${says}\n`, { mode: 0o755 });
  return dir;
}

const row = (engine: 'native' | 'wasm', outcome: SelfTestRow['outcome']): SelfTestRow => ({
  engine,
  file: 'intact',
  outcome,
  expected: 'present, intact, private',
  got: message('text.asWritten', { text: 'absent' }),
});

function everyIsolation(): DoctorPart[] {
  const parts: DoctorPart[] = [];
  for (const sandbox of ['auto', 'off'] as const) {
    for (let steps = 0; steps < 6; steps += 1) {
      const confinement = new Confinement({ sandbox });
      if (steps === 0) parts.push(...checkIsolation(confinement));
      for (let step = 0; step < steps; step += 1)
        confinement.fallBack(confinement.stepIndex, {
          refusal: message('text.asWritten', { text: 'bwrap: no (x)' }),
        });
      confinement.confirm();
      parts.push(...checkIsolation(confinement));
    }
  }
  const required = new Confinement({ sandbox: 'require' });
  required.fallBack(required.stepIndex, { refusal: message('text.asWritten', { text: 'bwrap: no (x)' }) });
  parts.push(...checkIsolation(required));
  const slow = new Confinement();
  slow.fallBack(slow.stepIndex, { slow: true });
  slow.confirm();
  return [...parts, ...checkIsolation(slow)];
}

async function everyPart(): Promise<DoctorPart[]> {
  const list = join(folder, 'trust');
  mkdirSync(list, { recursive: true });
  writeFileSync(join(list, 'C2PA-TRUST-LIST.pem'), 'no certificate');
  const open = join(folder, 'open');
  mkdirSync(open, { recursive: true });
  chmodSync(open, 0o755);
  writeFileSync(join(open, 'words'), 'no key');
  writeFileSync(join(open, 'key'), keyText(1));
  chmodSync(join(open, 'key'), 0o644);
  return [
    ...describeRuntime(),
    ...(['taken', 'none', 'refused'] as const).flatMap((state) => checkCodeCache([], state)),
    ...(['right', 'wrong', 'missing', 'silent'] as const).flatMap((outcome) =>
      checkEngines({ passed: false, millis: 1, rows: [row('native', outcome), row('wasm', 'right')] }),
    ),
    ...checkEngines({ passed: false, millis: 1, rows: [row('native', 'missing'), row('wasm', 'missing')] }),
    ...checkEngines({ passed: false, millis: 1, rows: [row('native', 'right'), row('wasm', 'wrong')] }),
    ...everyIsolation(),
    ...(await checkInstalledTrustLists(folder, new Date())),
    ...(await checkFfmpeg(folder)),
    ...(await checkFfmpeg(program('ffmpeg', 'exit 1'))),
    ...(await checkFfmpeg(program('ffmpeg', 'echo "ffmpeg version 7"'))),
    ...(await checkFpcalc(folder)),
    ...(await checkFpcalc(program('fpcalc', 'exit 1'))),
    ...(await checkFpcalc(program('fpcalc', 'echo "fpcalc version 1.5.1 (FFmpeg)"'))),
    ...(await checkTesseract(folder)),
    ...(await checkTesseract(program('tesseract', 'exit 1'))),
    ...(await checkTesseract(program('tesseract', 'echo "tesseract 5.5.0"'))),
    ...(await checkTesseract(program('tesseract', 'printf "tesseract 5.5.0\\nchi_sim\\neng\\nosd\\n"'))),
    toArchivePart([]),
    toArchivePart([{ program: 'xz' }, { program: '7z', path: '/usr/bin/7z', version: '25.01' }]),
    ...(await checkPrinting(folder)),
    ...(await checkPrinting(program('chromium', 'exit 1'))),
    ...(await checkPrinting(program('fc-list', 'exit 0'))),
    ...(await checkDatabase(undefined, folder)),
    ...(await checkDatabase('postgres://127.0.0.1:1/none', folder)),
    ...(await checkDisk(join(folder, 'new'), 1)),
    ...(await checkDisk(folder, 1e18)),
    ...(await checkDisk('/proc/none', 1)),
    ...(await checkDisk(open, 1)),
    ...(await checkSecretKeys({ from: 'own-file', file: join(open, 'none') })),
    ...(await checkSecretKeys({ from: 'file', file: join(open, 'none') })),
    ...(await checkSecretKeys({ from: 'file', file: open })),
    ...(await checkSecretKeys({ from: 'file', file: join(open, 'key') })),
    ...(await checkSecretKeys({ from: 'file', file: join(open, 'words') })),
  ];
}

/** Names of packages, programs and variables stay; four plain words in a row are an untranslated sentence. */
const ENGLISH = /([a-z]{2,} ){4}/;

describe('what a machine has and lacks', () => {
  it('is said in each language, with nothing of another', async () => {
    const parts = await everyPart();
    expect(parts.length).toBeGreaterThan(30);
    const states = new Set(parts.map(({ state }) => state));
    expect([...states].sort()).toEqual(['failed', 'found', 'limited', 'not-found', 'not-used']);
    const texts = (language: 'en' | 'zh-Hans') =>
      parts
        .map((part) => toDoctorPartView(part, translatorFor(language)))
        .flatMap(({ name, detail, lost = '', remedy = '' }) => [name, detail, lost, remedy]);
    expect(texts('en').filter((text) => /[\u4e00-\u9fff]/.test(text))).toEqual([]);
    expect(texts('zh-Hans').filter((text) => ENGLISH.test(text))).toEqual([]);
    const sentences = parts.flatMap(({ lost, remedy }) => [lost, remedy]).filter((one) => one !== undefined);
    expect(sentences.map(chinese).filter((text) => !/[\u4e00-\u9fff]/.test(text))).toEqual([]);
  });

  it('takes every word from the catalogue', async () => {
    const parts = await everyPart();
    const left = parts
      .map((part) => toDoctorPartView(part, PSEUDO))
      .flatMap(({ name, lost = '', remedy = '' }) => [name, lost, remedy])
      .filter((text) => text !== '' && !text.includes('⟦'));
    expect(left).toEqual([]);
  });

  it('says once what several lists share, and of which', async () => {
    const dir = mkdtempSync(join(folder, 'lists-'));
    const pem = readFileSync(new URL('../../../fixtures/ca/root.pem', import.meta.url));
    for (const name of ['C2PA-TRUST-LIST.pem', 'ITL-anchors.pem']) writeFileSync(join(dir, name), pem);
    const [part] = await checkInstalledTrustLists(dir, new Date());
    expect(part?.lost && chinese(part.lost)).toContain(inChinese('trust.ageUnknown'));
    expect(part?.lost && chinese(part.lost).split('不知此列表').length).toBe(2);
  });
});
