import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Part, partTold } from '../../src/doctor/part.js';
import { archivePart } from '../../src/doctor/parts/archives.js';
import { codeParts } from '../../src/doctor/parts/code.js';
import { databaseParts } from '../../src/doctor/parts/database.js';
import { diskParts } from '../../src/doctor/parts/disk.js';
import { engineParts } from '../../src/doctor/parts/engines.js';
import { ffmpegParts } from '../../src/doctor/parts/ffmpeg.js';
import { fpcalcParts } from '../../src/doctor/parts/fpcalc.js';
import { isolationParts } from '../../src/doctor/parts/isolation.js';
import { printingParts } from '../../src/doctor/parts/printing.js';
import { runtimeParts } from '../../src/doctor/parts/runtime.js';
import { secretKeyParts } from '../../src/doctor/parts/secret-key.js';
import { trustParts } from '../../src/doctor/parts/trust.js';
import type { SelfTestRow } from '../../src/doctor/self-test.js';
import { Confinement } from '../../src/isolation/confinement.js';
import { said } from '../../src/say/said.js';
import { speechOf } from '../../src/say/speech.js';
import { chinese } from '../say/english.js';
import { PSEUDO } from '../say/marked.js';
import { keyText } from '../secret-keys.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-doctor-zh-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that says this and nothing else. */
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
  got: said('text.asWritten', { text: 'absent' }),
});

function everyIsolation(): Part[] {
  const parts: Part[] = [];
  for (const sandbox of ['auto', 'off'] as const) {
    for (let steps = 0; steps < 6; steps += 1) {
      const confinement = new Confinement({ sandbox });
      if (steps === 0) parts.push(...isolationParts(confinement));
      for (let step = 0; step < steps; step += 1)
        confinement.fallBack(confinement.rung, {
          refusal: said('text.asWritten', { text: 'bwrap: no (x)' }),
        });
      confinement.prove();
      parts.push(...isolationParts(confinement));
    }
  }
  const required = new Confinement({ sandbox: 'require' });
  required.fallBack(required.rung, { refusal: said('text.asWritten', { text: 'bwrap: no (x)' }) });
  parts.push(...isolationParts(required));
  const slow = new Confinement();
  slow.fallBack(slow.rung, { slow: true });
  slow.prove();
  return [...parts, ...isolationParts(slow)];
}

async function everyPart(): Promise<Part[]> {
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
    ...runtimeParts(),
    ...(['taken', 'none', 'refused'] as const).flatMap((state) => codeParts([], state)),
    ...(['right', 'wrong', 'missing', 'silent'] as const).flatMap((outcome) =>
      engineParts({ passed: false, millis: 1, rows: [row('native', outcome), row('wasm', 'right')] }),
    ),
    ...engineParts({ passed: false, millis: 1, rows: [row('native', 'missing'), row('wasm', 'missing')] }),
    ...engineParts({ passed: false, millis: 1, rows: [row('native', 'right'), row('wasm', 'wrong')] }),
    ...everyIsolation(),
    ...(await trustParts(folder, new Date())),
    ...(await ffmpegParts(folder)),
    ...(await ffmpegParts(program('ffmpeg', 'exit 1'))),
    ...(await ffmpegParts(program('ffmpeg', 'echo "ffmpeg version 7"'))),
    ...(await fpcalcParts(folder)),
    ...(await fpcalcParts(program('fpcalc', 'exit 1'))),
    ...(await fpcalcParts(program('fpcalc', 'echo "fpcalc version 1.5.1 (FFmpeg)"'))),
    archivePart([]),
    archivePart([{ program: 'xz' }, { program: '7z', path: '/usr/bin/7z', version: '25.01' }]),
    ...(await printingParts(folder)),
    ...(await printingParts(program('chromium', 'exit 1'))),
    ...(await printingParts(program('fc-list', 'exit 0'))),
    ...(await databaseParts(undefined, folder)),
    ...(await databaseParts('postgres://127.0.0.1:1/none', folder)),
    ...(await diskParts(join(folder, 'new'), 1)),
    ...(await diskParts(folder, 1e18)),
    ...(await diskParts('/proc/none', 1)),
    ...(await diskParts(open, 1)),
    ...(await secretKeyParts({ from: 'own-file', file: join(open, 'none') })),
    ...(await secretKeyParts({ from: 'file', file: join(open, 'none') })),
    ...(await secretKeyParts({ from: 'file', file: open })),
    ...(await secretKeyParts({ from: 'file', file: join(open, 'key') })),
    ...(await secretKeyParts({ from: 'file', file: join(open, 'words') })),
  ];
}

/** Names of packages, programs and variables stay; four plain words in a row are a sentence of ours. */
const ENGLISH = /([a-z]{2,} ){4}/;

describe('what a machine has and lacks', () => {
  it('is said in each language, with nothing of another', async () => {
    const parts = await everyPart();
    expect(parts.length).toBeGreaterThan(30);
    const states = new Set(parts.map(({ state }) => state));
    expect([...states].sort()).toEqual(['failed', 'found', 'limited', 'not-found', 'not-used']);
    const texts = (language: 'en' | 'zh-Hans') =>
      parts
        .map((part) => partTold(part, speechOf(language)))
        .flatMap(({ name, detail, lost = '', remedy = '' }) => [name, detail, lost, remedy]);
    expect(texts('en').filter((text) => /[\u4e00-\u9fff]/.test(text))).toEqual([]);
    expect(texts('zh-Hans').filter((text) => ENGLISH.test(text))).toEqual([]);
    const sentences = parts.flatMap(({ lost, remedy }) => [lost, remedy]).filter((one) => one !== undefined);
    expect(sentences.map(chinese).filter((text) => !/[\u4e00-\u9fff]/.test(text))).toEqual([]);
  });

  it('takes every word from the catalogue', async () => {
    const parts = await everyPart();
    const left = parts
      .map((part) => partTold(part, PSEUDO))
      .flatMap(({ name, lost = '', remedy = '' }) => [name, lost, remedy])
      .filter((text) => text !== '' && !text.includes('⟦'));
    expect(left).toEqual([]);
  });

  it('says once what several lists share, and of which', async () => {
    const dir = mkdtempSync(join(folder, 'lists-'));
    const pem = readFileSync(new URL('../../fixtures/ca/root.pem', import.meta.url));
    for (const name of ['C2PA-TRUST-LIST.pem', 'ITL-anchors.pem']) writeFileSync(join(dir, name), pem);
    const [part] = await trustParts(dir, new Date());
    expect(part?.lost && chinese(part.lost)).toContain('不知此列表获取于何时。');
    expect(part?.lost && chinese(part.lost).split('不知此列表').length).toBe(2);
  });
});
