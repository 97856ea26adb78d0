import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { limits } from '../../../../src/base/limits.js';
import type { EngineChoice } from '../../../../src/core/c2pa/engine-names.js';
import type { LocalizedReport } from '../../../../src/core/report/report.js';
import { createInspector } from '../../../../src/inspect/pool/create-inspector.js';
import { englishOf, inEnglish } from '../../../i18n/english.js';
import { told } from '../../../support/localized.js';

const FIXTURES = join(import.meta.dirname, '../../../../fixtures/c2pa');
const fixture = (name: string) => join(FIXTURES, name);
const REMOTE = fixture('jpeg-c2pa-remote.jpg');
const SIDECAR = fixture('jpeg-c2pa-remote.c2pa');

const inspector = createInspector({ jobs: 2 });
const folder = mkdtempSync(join(tmpdir(), 'assay-sidecar-'));
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await inspector.close();
});
const inspect = (
  path: string,
  sidecarPath: string,
  engine: EngineChoice = 'auto',
): Promise<LocalizedReport> =>
  inspector
    .inspect({ path, name: basename(path), asOf: '2026-11-25', engine, sidecarPath })
    .then((one) => told(one));

describe('a manifest store kept elsewhere', () => {
  it('is validated against the file, and the report says where it came from', async () => {
    const { contentCredentials, reads } = await inspect(REMOTE, SIDECAR);
    expect(contentCredentials).toMatchObject({ presence: 'present', integrity: 'intact' });
    expect(contentCredentials.engine?.name).toBe('native');
    expect(reads.c2pa).toMatchObject({
      status: 'found',
      note: inEnglish('note.sidecar.read'),
    });
  });

  it('does not match another file, whose own store is not passed over in silence', async () => {
    const { contentCredentials, reads } = await inspect(fixture('jpeg-c2pa-intact.jpg'), SIDECAR);
    expect(contentCredentials.integrity).toBe('altered');
    expect(reads.c2pa.note).toContain(inEnglish('note.sidecar.own'));
  });

  it('is not looked at by the WASM engine: unsupported, never absent', async () => {
    const { contentCredentials, reads } = await inspect(REMOTE, SIDECAR, 'wasm');
    expect(contentCredentials.presence).toBe('unsupported');
    expect(reads.c2pa).toMatchObject({ status: 'unsupported', code: 'c2pa.sidecarNeedsNative' });
  });

  it('gets one opinion where both engines are asked', async () => {
    const { contentCredentials, reads } = await inspect(REMOTE, SIDECAR, 'both');
    expect(contentCredentials.integrity).toBe('intact');
    expect(contentCredentials.secondOpinion).toBeUndefined();
    expect(reads.c2pa.note).toContain('gave no second opinion');
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a picture', readFileSync(fixture('png-c2pa-intact.png'))],
    ['half a store', readFileSync(SIDECAR).subarray(0, 2_000)],
  ])('that holds %s is a fault of the sidecar, and no store in the file', async (name, bytes) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const { contentCredentials, reads, signals } = await inspect(REMOTE, path);
    expect(contentCredentials.presence).toBe('unreadable');
    expect(reads.c2pa.code).toMatch(/^sidecar\./);
    expect(signals.map(({ id }) => id)).not.toContain('c2pa.unreadable');
  });

  it('past the bound is not read', async () => {
    const path = join(folder, 'large');
    writeFileSync(path, '');
    truncateSync(path, limits.sidecarBytes + 1);
    expect((await inspect(REMOTE, path)).reads.c2pa).toMatchObject({
      status: 'failed',
      code: 'bound.sidecar',
    });
  });

  it.each([
    ['is not there', join(folder, 'none'), 'not-found'],
    ['is a folder', folder, 'not-a-file'],
  ])('that %s keeps the file from being inspected as asked', async (_words, path, code) => {
    const error: unknown = await inspect(REMOTE, path).catch((one: unknown) => one);
    expect(error).toMatchObject({ code });
    expect(englishOf(error)).toMatch(/^the sidecar: /);
  });
});
