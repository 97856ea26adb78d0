import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: a script without types
import { mutant } from '../fuzz/mutant.js';
// @ts-expect-error: a script without types
import { seeds } from '../fuzz/seeds.js';
import { WHOLE } from './whole.js';

const ROOT = resolve(import.meta.dirname, '..');

interface Ended {
  code: number | string | null;
  stdout: string;
  stderr: string;
}

function fuzz(...args: string[]): Promise<Ended> {
  return new Promise((settle) => {
    const command = ['--expose-gc', 'fuzz/run.js', ...args];
    execFile(process.execPath, command, { cwd: ROOT, maxBuffer: 16 * 1024 ** 2 }, (error, stdout, stderr) =>
      settle({ code: error ? (error.code ?? null) : 0, stdout, stderr }),
    );
  });
}

/** A short slice of `npm run fuzz`, the same each time; docs/robustness.md tells of the long runs. */
describe('files that lie', () => {
  it('are read without a death, a throw, an overrun or a Report out of its schema', async () => {
    const count = WHOLE ? 400 : 150;
    const { code, stdout, stderr } = await fuzz('--seed', '9', '--count', `${count}`, '--pool', '16');
    expect(stderr).toBe('');
    expect(stdout.endsWith(`${count} inputs, seed 9: 0 findings\n`)).toBe(true);
    expect(code).toBe(0);
  });

  it('are the same for the same number, and others for another', () => {
    const made = (seed: number) =>
      Array.from({ length: 20 }, (_, number) => mutant({ seed, number, from: seeds({}) }));
    const one = made(3);
    expect(made(3)).toEqual(one);
    expect(made(4)).not.toEqual(one);
  });

  it('are those that are asked for, and a finding would be told', async () => {
    const { stdout } = await fuzz('--only', '5,6', '--seed', '3');
    expect(JSON.parse(stdout.slice(0, stdout.lastIndexOf('}') + 1)).lanes.readers.inputs).toBe(2);
    const nothing = await fuzz('--match', 'no such fixture');
    expect(nothing.code).toBe(1);
    expect(nothing.stderr).toContain('no file to make mutants of');
  });
});
