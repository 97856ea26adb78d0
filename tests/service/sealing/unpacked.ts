import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openBag, readContent } from '../../../src/service/sealing/open-bundle.js';

/** Returns the files of a bundle by path, from its ZIP or folder. */
export async function filesOf(bundle: string): Promise<Map<string, Buffer>> {
  const bag = await openBag(bundle);
  try {
    const all = new Map<string, Buffer>();
    for (const [path, file] of bag.files) {
      const content = await readContent(file, 64 * 1024 * 1024);
      if (content !== undefined) all.set(path, content);
    }
    return all;
  } finally {
    bag.close();
  }
}

/** Unpacks the bundle into a folder, for external programs. */
export async function unpacked(bundle: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bundle-'));
  for (const [path, content] of await filesOf(bundle)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}
