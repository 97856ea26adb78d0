import { statSync } from 'node:fs';
import type { Config } from './config.js';
import type { Env } from './env.js';
import { unknownVariables } from './known-variables.js';
import { type Said, said } from './say/said.js';

/** What whoever starts this should look at, a line each. None of it keeps the start back. */
export function startNotes(
  env: Env,
  {
    dataDir,
    trustDir,
    allowedPaths,
  }: Pick<Config, 'trustDir' | 'allowedPaths'> & { dataDir?: string | undefined },
): Said[] {
  return [
    ...unknownVariables(env),
    ...(dataDir === undefined || isFolder(dataDir) ? [] : [said('start.dataFolder', { folder: dataDir })]),
    // Its usual place is made when lists come.
    ...(env['ASSAY_TRUST_DIR']?.trim() && !isFolder(trustDir)
      ? [said('start.trustFolder', { folder: trustDir })]
      : []),
    ...allowedPaths
      .filter((folder) => !isFolder(folder))
      .map((folder) => said('start.allowedPath', { folder })),
  ];
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
