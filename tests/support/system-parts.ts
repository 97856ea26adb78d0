import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, it } from 'vitest';

/** Programs, and a font, that only some tests need, and the Debian package of each. */
const PACKAGES = {
  '7z': '7zip',
  bwrap: 'bubblewrap',
  bzip2: 'bzip2',
  chineseFont: 'fonts-noto-cjk',
  chromium: 'chromium',
  curl: 'curl',
  exiftool: 'libimage-exiftool-perl',
  faketime: 'faketime',
  ffmpeg: 'ffmpeg',
  fpcalc: 'libchromaprint-tools',
  ip: 'iproute2',
  jq: 'jq',
  moto_server: 'python3-moto',
  openssl: 'openssl',
  pdftotext: 'poppler-utils',
  postgres: 'postgresql',
  prlimit: 'util-linux',
  promtool: 'promtool',
  runc: 'runc',
  setpriv: 'util-linux',
  tesseract: 'tesseract-ocr tesseract-ocr-chi-sim',
  unshare: 'util-linux',
  xz: 'xz-utils',
  zstd: 'zstd',
} as const;
export type SystemPart = keyof typeof PACKAGES;

/** Debian installs PostgreSQL's programs outside of the PATH, one version per folder. */
const POSTGRES_FOLDERS = '/usr/lib/postgresql';

function postgresFolders(): string[] {
  try {
    return readdirSync(POSTGRES_FOLDERS)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(POSTGRES_FOLDERS, version, 'bin'));
  } catch {
    return [];
  }
}

/** Chromium renders Chinese with the system's fonts, and shows placeholder boxes if there is none. */
function chineseFont(): string | undefined {
  const { stdout } = spawnSync('fc-list', [':lang=zh', 'file'], { encoding: 'utf8' });
  return stdout?.split(':')[0] || undefined;
}

function find(program: SystemPart): string | undefined {
  if (program === 'chineseFont') return chineseFont();
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  for (const folder of program === 'postgres' ? [...folders, ...postgresFolders()] : folders) {
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // The program is not in this folder.
    }
  }
  return undefined;
}

/**
 * Registers tests with a requirement. If it is missing, they are skipped and listed, or fail with ASSAY_REQUIRE_ALL=1,
 * so that a passing run there has left nothing out.
 */
export function describeWhere(isThere: boolean, need: string, name: string, define: () => void): void {
  if (isThere) describe(name, define);
  else itWhere(false, need)(name, () => {});
}

/** Returns `it` for a test with a requirement. If it is missing, the test is skipped, or fails with ASSAY_REQUIRE_ALL=1. */
export function itWhere(
  isThere: boolean,
  need: string,
): (name: string, run: () => void | Promise<void>, timeoutMillis?: number) => void {
  if (isThere) return it;
  if (process.env['ASSAY_REQUIRE_ALL'] !== '1') return (name) => it.skip(`${name} (needs ${need})`);
  return (name) =>
    it(`${name} (needs ${need})`, () => {
      throw new Error(`missing: ${need}; and ASSAY_REQUIRE_ALL=1 asks for it`);
    });
}

/** Like `describeWhere`, for tests that need a program; `define` gets its path. */
export function describeWith(part: SystemPart, name: string, define: (path: string) => void): void {
  const path = find(part);
  const need = `${part}, Debian package ${PACKAGES[part]}`;
  describeWhere(path !== undefined, need, name, () => define(path ?? ''));
}

/** Like `describeWith`, for one test. */
export function itWith(part: SystemPart, name: string, run: () => void | Promise<void>): void {
  describeWith(part, `with ${part}`, () => it(name, run));
}
