import { execFileSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../http/posting.js';

/** Wall clock of the programs that are started with `env`. Their timers are unaffected. */
export interface ClockFile {
  env: Record<string, string>;
  /** Shifts the clock by this many hours from this machine's clock. */
  jump(hours: number): void;
}

export function clockFile(faketime: string): ClockFile {
  const path = join(temporaryDirectory(), 'offset');
  const jump = (hours: number) => {
    // Replaced atomically, because it is read at every time query.
    writeFileSync(`${path}.new`, `${hours < 0 ? '' : '+'}${hours * 3600}\n`);
    renameSync(`${path}.new`, path);
  };
  jump(0);
  // The library's path depends on the architecture; its own command knows it.
  const library = execFileSync(faketime, ['-f', '+0', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' }).trim();
  const env = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: path,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
  return { env, jump };
}
