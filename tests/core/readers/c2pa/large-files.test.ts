import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createInspector } from '../../../../src/inspect/pool/create-inspector.js';
import { share } from '../../../support/whole.js';
import { type LargeContainer, largeSigned } from './large-files.js';

/** Files that the WASM engine reads by ranges in several pieces: every byte must still count. */
const inspector = createInspector({ jobs: 1 });
const folder = mkdtempSync(join(tmpdir(), 'assay-large-'));
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await inspector.close();
});

async function integrity(name: string, bytes: Buffer, engine: 'native' | 'wasm') {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const report = await inspector.inspect({ path, name, asOf: '2026-11-25', engine });
  return report.contentCredentials.integrity;
}

/** Offsets in the first piece, in later ones, and in the last. */
const FROM_END = [60, 40, 20, 1].map((mebibytes) => mebibytes * 1024 ** 2);

describe('large files under both engines', () => {
  it.each(share(['mov', 'wav', 'png'] as const, 3))('%s', async (container: LargeContainer) => {
    const signed = await largeSigned(container);
    const name = `large.${container}`;
    expect(await integrity(name, signed, 'native')).toBe('intact');
    expect(await integrity(name, signed, 'wasm')).toBe('intact');
    for (const fromEnd of FROM_END) {
      const altered = Buffer.from(signed);
      const at = altered.length - fromEnd;
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      expect(await integrity(name, altered, 'wasm')).toBe('altered');
    }
  });
});
