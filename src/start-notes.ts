import { statSync } from 'node:fs';
import type { Config } from './config.js';
import type { Env } from './env.js';
import { unknownVariables } from './known-variables.js';

/** What whoever starts this should look at, a line each. None of it keeps the start back. */
export function startNotes(
  env: Env,
  {
    dataDir,
    trustDir,
    allowedPaths,
  }: Pick<Config, 'trustDir' | 'allowedPaths'> & { dataDir?: string | undefined },
): string[] {
  return [
    ...unknownVariables(env),
    ...(dataDir === undefined || isFolder(dataDir)
      ? []
      : [`the data folder ${dataDir} is not there and is made`]),
    // Its usual place is made when lists come.
    ...(env['ASSAY_TRUST_DIR']?.trim() && !isFolder(trustDir)
      ? [`ASSAY_TRUST_DIR: ${trustDir} is no folder: until it is, signers are held against no list`]
      : []),
    ...allowedPaths
      .filter((folder) => !isFolder(folder))
      .map((folder) => `ASSAY_ALLOWED_PATHS: ${folder} is no folder: paths in it are refused`),
  ];
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
