import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, it } from 'vitest';

/** Programs that only some tests need, and the Debian package each comes from. */
const PACKAGES = {
  chromium: 'chromium',
  ffmpeg: 'ffmpeg',
  openssl: 'openssl',
  prlimit: 'util-linux',
} as const;
export type SystemPart = keyof typeof PACKAGES;

function find(program: string): string | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/**
 * Registers tests that need a program. Where it is missing they are skipped and named, or, with
 * ASSAY_REQUIRE_ALL=1, fail: a green run there has left nothing out.
 */
export function describeWith(part: SystemPart, name: string, define: (path: string) => void): void {
  const path = find(part);
  if (path !== undefined) {
    describe(name, () => define(path));
    return;
  }
  const missing = `${name} (needs ${part}, Debian package ${PACKAGES[part]})`;
  if (process.env['ASSAY_REQUIRE_ALL'] === '1') {
    it(missing, () => {
      throw new Error(`${part} is not installed, and ASSAY_REQUIRE_ALL=1 asks for it`);
    });
  } else describe.skip(missing, () => define(''));
}
