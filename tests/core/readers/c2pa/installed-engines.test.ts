import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error: a script without types
import { carryNativeEngine } from '../../../../scripts/native-engine.js';
import { NATIVE_INFO, WASM_INFO } from '../../../../src/core/c2pa/engines.js';
import { PROGRAM } from '../../../support/program.js';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../../../..');
const PICTURE = join(ROOT, 'fixtures/c2pa/jpeg-c2pa-intact.jpg');
const SCOPE = '@contentauth';

/**
 * A program of its own, with packages beside it as an operator installs them. The registry has no release later than the tested
 * one, so a later one is the tested binary under a later number. The folder lies in this one, whose node_modules reading
 * processes may open, and is named so that a later run removes what a killed one leaves (tests/support/program-build.ts).
 */
let program: string;
beforeAll(() => {
  program = mkdtempSync(join(ROOT, `dist.tests.${process.pid}.`));
  for (const name of ['bin', 'dist', 'package.json'])
    cpSync(join(PROGRAM, name), join(program, name), { recursive: true });
});
afterAll(() => rmSync(program, { recursive: true, force: true }));

function carryEngine(): void {
  rmSync(join(program, 'dist/native'), { recursive: true, force: true });
  carryNativeEngine(ROOT, join(program, 'dist'));
}

function installBeside(version: string): void {
  const from = join(ROOT, 'node_modules', SCOPE, 'c2pa-node');
  const to = join(program, 'node_modules', SCOPE, 'c2pa-node');
  rmSync(to, { recursive: true, force: true });
  mkdirSync(join(to, 'dist'), { recursive: true });
  writeFileSync(join(to, 'package.json'), JSON.stringify({ name: `${SCOPE}/c2pa-node`, version }));
  symlinkSync(join(from, 'dist/index.node'), join(to, 'dist/index.node'));
}

async function enginesOf(engine: string) {
  const args = [join(program, 'bin/assay.js'), 'inspect', '--json', '--engine', engine, PICTURE];
  const { stdout } = await run(process.execPath, args, { cwd: program });
  const { contentCredentials, tool } = JSON.parse(stdout);
  return {
    answered: contentCredentials.engine,
    integrity: contentCredentials.integrity,
    had: tool.c2paEngines,
  };
}

describe('the native engine', () => {
  it('is the installed one where the program carries none', async () => {
    installBeside(NATIVE_INFO.version);
    const { answered, integrity } = await enginesOf('auto');
    expect([answered, integrity]).toEqual([NATIVE_INFO, 'intact']);
  });

  it('is no installed one that is older than what Assay is tested with', async () => {
    installBeside('0.8.0');
    const { answered, integrity, had } = await enginesOf('auto');
    expect([answered, integrity, had]).toEqual([WASM_INFO, 'intact', [WASM_INFO]]);
    carryEngine();
    expect((await enginesOf('auto')).answered).toEqual(NATIVE_INFO);
  });

  it('is an installed one that is later than the carried one, under its own number and c2pa-rs', async () => {
    carryEngine();
    installBeside('0.10.1');
    const later = { ...NATIVE_INFO, version: '0.10.1' };
    const { answered, integrity, had } = await enginesOf('auto');
    expect([answered, integrity, had]).toEqual([later, 'intact', [later, WASM_INFO]]);
  });
});
