import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { contentOf, opened } from '../../src/seal/opened.js';

/** Files of a bundle by their paths in it, from its ZIP or folder. */
export async function filesOf(bundle: string): Promise<Map<string, Buffer>> {
  const bag = await opened(bundle);
  try {
    const all = new Map<string, Buffer>();
    for (const [path, file] of bag.files) {
      const content = await contentOf(file, 64 * 1024 * 1024);
      if (content !== undefined) all.set(path, content);
    }
    return all;
  } finally {
    bag.close();
  }
}

/** The same laid out in a folder, for programs. */
export async function unpacked(bundle: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bundle-'));
  for (const [path, content] of await filesOf(bundle)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}
