import { execFileSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from './http/posting.js';

/** The wall clock of the programs that are started with `env`. Their timers go on as they did. */
export interface ClockFile {
  env: Record<string, string>;
  /** From now on so many hours away from what this machine's clock says. */
  jump(hours: number): void;
}

export function clockFile(faketime: string): ClockFile {
  const path = join(temporaryDirectory(), 'offset');
  const jump = (hours: number) => {
    // Read at every question for the time: never half written.
    writeFileSync(`${path}.new`, `${hours < 0 ? '' : '+'}${hours * 3600}\n`);
    renameSync(`${path}.new`, path);
  };
  jump(0);
  // Where the library stands depends on the machine's kind; its own command knows.
  const library = execFileSync(faketime, ['-f', '+0', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' }).trim();
  const env = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: path,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
  return { env, jump };
}
