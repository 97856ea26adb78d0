import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Asset } from '../../../src/core/media/asset.js';

/** Writes these bytes to a file of that name, and opens it for the duration of `use`. */
export async function opened<T>(name: string, bytes: Buffer, use: (asset: Asset) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-opened-'));
  try {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const asset = await Asset.open(path);
    try {
      return await use(asset);
    } finally {
      await asset.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
