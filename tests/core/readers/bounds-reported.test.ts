import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import { NATIVE_INFO } from '../../../src/core/c2pa/engines.js';
import { Asset } from '../../../src/core/media/asset.js';
import { parseStoreJson, StoreLimitError } from '../../../src/core/readers/c2pa/store-json.js';
import { xmpReader } from '../../../src/core/readers/carriers/xmp.js';

/** Data skipped at a limit is reported, because it could contain a label or a fault. */
describe('a bound that is hit', () => {
  it('in a manifest store refuses the store instead of cutting a list', () => {
    const failure = Array.from({ length: limits.statusCodes + 1 }, () => ({ code: 'x' }));
    const json = {
      active_manifest: 'm',
      manifests: { m: {} },
      validation_results: { activeManifest: { success: [], informational: [], failure } },
    };
    expect(() => parseStoreJson(json, NATIVE_INFO)).toThrow(StoreLimitError);
  });

  it('in extended XMP makes the carrier malformed, never absent', async () => {
    const head = Buffer.alloc(40);
    head.write('0'.repeat(32), 'latin1');
    head.writeUInt32BE(limits.xmpPacketBytes + 1, 32);
    const body = Buffer.concat([
      Buffer.from('http://ns.adobe.com/xmp/extension/\0', 'latin1'),
      head,
      Buffer.from('x'),
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(body.length + 2);
    const jpeg = Buffer.concat([
      Buffer.from([0xff, 0xd8, 0xff, 0xe1]),
      length,
      body,
      Buffer.from([0xff, 0xd9]),
    ]);
    const folder = mkdtempSync(join(tmpdir(), 'assay-bound-'));
    const path = join(folder, 'a.jpg');
    writeFileSync(path, jpeg);
    const asset = await Asset.open(path);
    try {
      expect(await xmpReader.read(asset, { engine: 'auto' })).toMatchObject({
        status: 'malformed',
        code: 'xmp.extended',
      });
    } finally {
      await asset.close();
      rmSync(folder, { recursive: true });
    }
  });
});
