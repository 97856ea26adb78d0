import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { WHOLE } from '../../support/whole.js';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Runs a short, deterministic slice of `npm run fuzz:lists`; docs/robustness.md describes the long run. */
it('lists that lie are refused or let in whole, and cost the ones that are there nothing', async () => {
  const count = WHOLE ? 300 : 100;
  const ended = await new Promise<{ failed: boolean; stdout: string; stderr: string }>((settle) => {
    execFile(
      process.execPath,
      ['fuzz/lists/run.js', '--seed', '9', '--count', `${count}`],
      { cwd: ROOT, maxBuffer: 16 * 1024 ** 2 },
      (error, stdout, stderr) => settle({ failed: error !== null, stdout, stderr }),
    );
  });
  expect(ended.stderr).toBe('');
  expect(ended.stdout).toMatch(/"installed": \d+/);
  expect(ended.stdout).toMatch(/"refused": \d+/);
  expect(ended.stdout.endsWith(`${count} folders, seed 9: 0 findings\n`)).toBe(true);
  expect(ended.failed).toBe(false);
});
