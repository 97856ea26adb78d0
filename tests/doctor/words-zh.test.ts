import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Part } from '../../src/doctor/part.js';
import { databaseParts } from '../../src/doctor/parts/database.js';
import { diskParts } from '../../src/doctor/parts/disk.js';
import { engineParts } from '../../src/doctor/parts/engines.js';
import { ffmpegParts } from '../../src/doctor/parts/ffmpeg.js';
import { isolationParts } from '../../src/doctor/parts/isolation.js';
import { printingParts } from '../../src/doctor/parts/printing.js';
import { runtimeParts } from '../../src/doctor/parts/runtime.js';
import { secretKeyParts } from '../../src/doctor/parts/secret-key.js';
import { trustParts } from '../../src/doctor/parts/trust.js';
import type { SelfTestRow } from '../../src/doctor/self-test.js';
import { partInChinese } from '../../src/doctor/words-zh.js';
import { Confinement } from '../../src/isolation/confinement.js';
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
  got: 'absent',
});

function everyIsolation(): Part[] {
  const parts: Part[] = [];
  for (const sandbox of ['auto', 'off'] as const) {
    for (let steps = 0; steps < 6; steps += 1) {
      const confinement = new Confinement({ sandbox });
      if (steps === 0) parts.push(...isolationParts(confinement));
      for (let step = 0; step < steps; step += 1)
        confinement.fallBack(confinement.rung, { refusal: 'bwrap: no (x)' });
      confinement.prove();
      parts.push(...isolationParts(confinement));
    }
  }
  const required = new Confinement({ sandbox: 'require' });
  required.fallBack(required.rung, { refusal: 'bwrap: no (x)' });
  parts.push(...isolationParts(required));
  const slow = new Confinement();
  slow.fallBack(slow.rung, { slow: true });
  slow.prove();
  return [...parts, ...isolationParts(slow)];
}

async function everyPart(): Promise<Part[]> {
  const list = join(folder, 'trust');
  mkdirSync(list);
  writeFileSync(join(list, 'C2PA-TRUST-LIST.pem'), 'no certificate');
  const open = join(folder, 'open');
  mkdirSync(open);
  chmodSync(open, 0o755);
  writeFileSync(join(open, 'words'), 'no key');
  writeFileSync(join(open, 'key'), keyText(1));
  chmodSync(join(open, 'key'), 0o644);
  return [
    ...runtimeParts(),
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

describe('what a machine lacks, in Chinese', () => {
  it('leaves no sentence of ours in English', async () => {
    const parts = await everyPart();
    expect(parts.length).toBeGreaterThan(30);
    const english = parts
      .map(partInChinese)
      .flatMap(({ lost, remedy }) => [lost ?? '', remedy ?? ''])
      // Names of packages and variables stay; four plain words in a row are a sentence of ours.
      .filter((text) => text !== '' && (!/[\u4e00-\u9fff]/.test(text) || /([a-z]{2,} ){4}/.test(text)));
    expect(english).toEqual([]);
    const states = new Set(parts.map(({ state }) => state));
    expect([...states].sort()).toEqual(['failed', 'found', 'limited', 'not-found', 'not-used']);
  });

  it('says once what several lists share, and of which', () => {
    const lost =
      'broken.pem: The file holds no certificates. C2PA-TRUST-LIST.pem, private/a.pem: This list was fetched 97 days ago. Newer signers may be missing, and removed ones still on it. ITL-anchors.pem: 1 of its 27 anchors is past the last day of validity.';
    const part = { id: 'trust-lists', name: 'Trust lists', state: 'limited', detail: 'd', lost } as const;
    expect(partInChinese(part).lost).toBe(
      'broken.pem：文件中没有证书。C2PA-TRUST-LIST.pem、private/a.pem：此列表获取于 97 天前。可能缺少较新的签发者，已移除的也可能仍在其中。ITL-anchors.pem：其 27 个信任锚中有 1 个已过有效期。',
    );
  });

  it('leaves what it has no words for as it is', () => {
    const part = { id: 'x', name: 'X', state: 'limited', detail: 'd', lost: 'Something new.' } as const;
    expect(partInChinese(part)).toEqual(part);
  });
});
