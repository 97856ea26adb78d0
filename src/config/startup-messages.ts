import { statSync } from 'node:fs';
import type { Env } from '../base/env.js';
import { type Message, message } from '../i18n/message.js';
import type { Config } from './settings.js';
import { unknownVariableMessages } from './unknown-env.js';

/** Returns warnings for whoever starts the program, one per line. None of them prevents the start. */
export function startupWarnings(
  env: Env,
  {
    dataDir,
    trustDir,
    allowedPaths,
  }: Pick<Config, 'trustDir' | 'allowedPaths'> & { dataDir?: string | undefined },
): Message[] {
  return [
    ...unknownVariableMessages(env),
    ...(dataDir === undefined || isFolder(dataDir) ? [] : [message('start.dataFolder', { folder: dataDir })]),
    // The default folder is created when lists are installed.
    ...(env['ASSAY_TRUST_DIR']?.trim() && !isFolder(trustDir)
      ? [message('start.trustFolder', { folder: trustDir })]
      : []),
    ...allowedPaths
      .filter((folder) => !isFolder(folder))
      .map((folder) => message('start.allowedPath', { folder })),
  ];
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
