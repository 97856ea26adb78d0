import { closeSync, copyFileSync, existsSync, linkSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Copies the binary of the native C2PA SDK, with its licence, into a build that is to be packed. Its package cannot be
 * a dependency: its install script fetches from GitHub, and without access to it the whole installation fails. The npm
 * package contains the binary for Linux on x64; src/core/c2pa/installed-engines.ts looks for it.
 */
export function carryNativeEngine(root, dist) {
  const from = join(root, 'node_modules', '@contentauth', 'c2pa-node');
  const binary = join(from, 'dist', 'index.node');
  // `npm run setup:native` may have replaced it by the binary of another platform.
  if (!existsSync(binary) || !isLinuxOnX64(binary)) return;
  const to = join(dist, 'native', 'linux-x64');
  mkdirSync(to, { recursive: true });
  share(binary, join(to, 'index.node'));
  copyFileSync(join(from, 'LICENSE'), join(to, 'LICENSE'));
}

/** Hard-links the file if possible, because it has 48 MB. */
function share(from, to) {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/** Checks for ELF, 64 bits, x86-64. */
function isLinuxOnX64(path) {
  const head = Buffer.alloc(20);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  return head.toString('latin1', 0, 5) === '\x7fELF\x02' && head.readUInt16LE(18) === 0x3e;
}
