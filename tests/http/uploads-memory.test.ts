import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { itWhere } from '../support/system-parts.js';

/** The long form is `node bench/tus.js`: 5 GB. */
const onLinux = (() => {
  try {
    return readFileSync('/proc/self/status', 'utf8').includes('VmHWM');
  } catch {
    return false;
  }
})();

itWhere(onLinux, 'Linux')(
  'a large upload arrives whole over a connection that breaks, in memory that stays flat',
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['bench/tus.js', '200', '10']);
    const { sent, arrived, breaks, grownMegabytes } = JSON.parse(stdout);
    expect(arrived).toBe(sent);
    expect(breaks).toBe(10);
    expect(grownMegabytes).toBeLessThan(150);
  },
  300_000,
);
