import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CA = fileURLToPath(new URL('../fixtures/ca/', import.meta.url));

/** Creates a trust folder that lists the fixtures' own authority, so that chains are built and timestamps judged. */
export function privateTrust(folder) {
  mkdirSync(join(folder, 'private', 'tsa'), { recursive: true });
  copyFileSync(join(CA, 'root.pem'), join(folder, 'private', 'root.pem'));
  copyFileSync(join(CA, 'root.pem'), join(folder, 'private', 'tsa', 'root.pem'));
  return folder;
}
