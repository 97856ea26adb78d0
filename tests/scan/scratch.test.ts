import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { TempSpace } from '../../src/scan/sources/scratch.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-room-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('room for what is brought here', () => {
  it('takes away what a killed scan has left, and nothing else', () => {
    const others = ['assay-scan-results', 'assay-scratch-mine', 'assay-scratch-1-a'];
    for (const name of others) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'kept'), 'words');
    }
    mkdirSync(join(folder, 'assay-scratch-2-b'));
    writeFileSync(join(folder, 'assay-scratch-2-b', '0'), 'half an object');
    writeFileSync(join(folder, 'assay-scratch-2-b.lock'), '');
    const alive = TempSpace.begin(folder);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(others));
    expect(existsSync(join(folder, 'assay-scratch-2-b'))).toBe(false);
    alive.end();
    expect(readdirSync(folder).sort()).toEqual([...others].sort());
  });

  it('keeps a file until it is taken away, and refuses what no disk has room for', async () => {
    const scratch = TempSpace.begin(folder);
    const one = await scratch.createFile(5);
    await one.write(Buffer.from('wor'));
    await one.write(Buffer.from('ds'));
    await one.closed();
    expect(readFileSync(one.path, 'utf8')).toBe('words');
    await one.remove();
    await one.remove();
    expect(existsSync(one.path)).toBe(false);
    await expect(scratch.createFile(Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ code: 'not-checked' });
    scratch.end();
  });

  it('gives a file the mode that was asked for, whatever the mask of the process', async () => {
    const before = process.umask(0o077);
    onTestFinished(() => void process.umask(before));
    const scratch = TempSpace.begin(folder);
    const modeOf = async (...mode: number[]) =>
      statSync((await scratch.createFile(1, ...mode)).path).mode & 0o777;
    expect([await modeOf(), await modeOf(0o444)]).toEqual([0o600, 0o444]);
    scratch.end();
  });
});
