import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TRUST_FILES } from './trust-files.js';

/** Dated copies of the published lists that come with Assay; `scripts/trust-snapshot.js` makes them. */
export const SHIPPED_LISTS = fileURLToPath(new URL('./shipped/', import.meta.url));

const SHIPPED: ReadonlySet<string> = new Set([
  TRUST_FILES.official,
  TRUST_FILES.officialTsa,
  TRUST_FILES.interimFacts,
  TRUST_FILES.conformingProducts,
]);

/** Returns the path of a trust file: of the installed one, if there is any, and otherwise of the shipped one. */
export function trustFilePath(trustDir: string, file: string): string {
  return isShippedInUse(trustDir, file) ? join(SHIPPED_LISTS, file) : join(trustDir, file);
}

/**
 * Returns true if the list that comes with Assay is the one in use. An installed file counts even if it cannot be
 * read: falling back to an older list would hide the fault. The facts of the interim list stand in for both of its
 * files, so either of them takes their place.
 */
export function isShippedInUse(trustDir: string, file: string): boolean {
  if (!SHIPPED.has(file)) return false;
  const names =
    file === TRUST_FILES.interimFacts ? [TRUST_FILES.interim, TRUST_FILES.interimAllowed] : [file];
  return !names.some((name) => exists(join(trustDir, name)));
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // A trust folder that is no folder holds nothing; any other error means that something is there.
    return !(error instanceof Error && 'code' in error && error.code === 'ENOTDIR');
  }
}
