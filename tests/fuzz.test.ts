import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
// @ts-expect-error: a script without types
import { mutant } from '../fuzz/mutant.js';
// @ts-expect-error: a script without types
import { ReadersLane } from '../fuzz/readers-lane.js';
// @ts-expect-error: a script without types
import { deathLines, differenceOf, reasonOf } from '../fuzz/reasons.js';
// @ts-expect-error: a script without types
import { seeds } from '../fuzz/seeds.js';
// @ts-expect-error: a script without types
import { Tally } from '../fuzz/tally.js';
// @ts-expect-error: a script without types
import { wrongIn } from '../fuzz/verdict.js';
import { shellReport } from './http/shell-report.js';
import { WHOLE } from './support/whole.js';

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

/** Runs a short, deterministic slice of `npm run fuzz`; docs/robustness.md describes the long runs. */
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

  it('are told with what was found, of which file, why, and how to see it again', async () => {
    const again = (number: number) => `npm run fuzz -- --only ${number}`;
    const found = { kind: 'threw', number: 7, name: 'plain/plain.avi', mutators: ['cut', 'lieInSize'] };
    expect(reasonOf({ ...found, detail: 'RangeError: past the end\n    at riff.ts:5' }, again)).toBe(
      'threw: plain/plain.avi (cut, lieInSize)\n  RangeError: past the end\n  at riff.ts:5\n  again: npm run fuzz -- --only 7',
    );
    expect(reasonOf({ kind: 'death' }, again)).toBe('death: no input\n  nothing more is known');
    const told = new Tally();
    for (const number of [40, 41]) told.died('c2pa', 'reader.crashed', { number, name: `${number}.jpg` });
    expect(deathLines(told.deaths, again)).toEqual([
      'c2pa: reader.crashed: 2 times, first at 40.jpg: npm run fuzz -- --only 40',
    ]);
    expect(differenceOf({ a: 1, b: { c: [1, 2] } }, { a: 1, b: { c: [1, 3] } })).toBe(
      'b; b: …{"c":[1,2]}… then …{"c":[1,3]}…',
    );
    const report = shellReport({ name: 'a', asOf: '2026-11-01' }, Buffer.from('x'));
    const broken = { ...report, asset: { ...report.asset, bytes: 'many' } };
    expect(wrongIn(report, { number: 1 })).toEqual([]);
    expect(wrongIn(broken, { number: 1 })).toEqual([
      { kind: 'not-a-report', detail: '/asset/bytes must be integer' },
    ]);
  });

  it('that end their reader are told with its last words', async () => {
    const told: object[] = [];
    const tally = new Tally((finding: object) => told.push(finding));
    const folder = mkdtempSync(join(tmpdir(), 'assay-fuzz-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const entry = join(folder, 'dies.mjs');
    writeFileSync(
      entry,
      `process.addListener('message', (message) => {
        if ('open' in message) process.send({ ready: true });
        else { process.stderr.write('cannot go on'); process.exitCode = 9; process.disconnect(); }
      });
      process.send({ listening: true });`,
    );
    const lane = new ReadersLane({ seed: 1, seeds: {} }, tally, entry);
    await lane.run([3]);
    await lane.close();
    expect(told).toEqual([{ number: 3, kind: 'death', detail: expect.stringMatching(/^9: cannot go on/) }]);
  });

  it('are those that are asked for, and a finding would be told', async () => {
    const { stdout } = await fuzz('--only', '5,6', '--seed', '3');
    expect(JSON.parse(stdout.slice(0, stdout.lastIndexOf('}') + 1)).lanes.readers.inputs).toBe(2);
    const nothing = await fuzz('--match', 'no such fixture');
    expect(nothing.code).toBe(1);
    expect(nothing.stderr).toContain('no file to make mutants of');
  });
});
