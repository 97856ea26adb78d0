import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startupWarnings } from '../../src/config/startup-messages.js';
import { findKnownVariables, unknownVariableMessages } from '../../src/config/unknown-env.js';
import { start } from '../cli/spawn-assay.js';
import { english } from '../i18n/english.js';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'assay-start-notes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function named(path: string, pattern: RegExp): string[] {
  return [...readFileSync(path, 'utf8').matchAll(pattern)].map(([, name = '']) => name);
}

const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

describe('the variables that are known', () => {
  const known = findKnownVariables();

  it('are all that the program asks for by name', () => {
    const asked = sources.flatMap((name) => named(join(ROOT, 'src', name), /'(ASSAY_[A-Z_]+)'/g));
    expect(asked.length).toBeGreaterThan(40);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });

  it('are all that operators are told of, and they are told of all', () => {
    const namedIn = (page: string) => named(join(ROOT, page), /\b(ASSAY_[A-Z_]+)\b/g);
    const told = new Set(namedIn('docs/operations.md'));
    const anywhere = new Set([...namedIn('README.md'), ...told]);
    // Example name in a message; no such variable exists.
    expect([...anywhere].filter((name) => !known.has(name))).toEqual(['ASSAY_RETENTION_DAY']);
    const read = new Set(named(join(ROOT, 'src/config/settings.ts'), /'(ASSAY_[A-Z_]+)'/g));
    for (const name of named(join(ROOT, 'src/config/access-settings.ts'), /'(ASSAY_[A-Z_]+)'/g))
      read.add(name);
    expect([...read].filter((name) => !told.has(name))).toEqual([]);
  });

  it('are those of tests and measurements too', () => {
    const folders = ['tests', 'bench', 'fuzz'].map((name) => join(ROOT, name));
    const used = folders.flatMap((dir) =>
      readdirSync(dir, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|js)$/.test(name) && !name.endsWith('start-notes.test.ts'))
        .flatMap((name) => named(join(dir, name), /\benv(?:\.|\[['"])(ASSAY_[A-Z_]+)/g)),
    );
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('a variable that nobody reads', () => {
  it('is named with the one that is meant, without its value', () => {
    expect(
      unknownVariableMessages({ ASSAY_RETENTION_DAY: 'secret', ASSAY_PORT: '1', HOME: '/' }).map(english),
    ).toEqual(['ASSAY_RETENTION_DAY is not known and does nothing; did you mean ASSAY_RETENTION_DAYS?']);
    expect(unknownVariableMessages({ ASSAY_SOMETHING_ELSE: '1' }).map(english)).toEqual([
      'ASSAY_SOMETHING_ELSE is not known and does nothing',
    ]);
  });

  it('is not named where it is empty, nor are hundreds, nor what a terminal obeys', () => {
    expect(unknownVariableMessages({ ASSAY_RETENTION_DAY: ' ' })).toEqual([]);
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`ASSAY_NONE_${at}`, '1']));
    expect(unknownVariableMessages(many)).toHaveLength(20);
    expect(unknownVariableMessages({ 'ASSAY_\u001b[31m': '1' }).map(english).join('')).not.toContain(
      '\u001b',
    );
  });
});

it('folders that are missing are named, with what follows', () => {
  const [data, lists, in1] = ['data', 'lists', 'in'].map((name) => join(folder, name));
  const config = { dataDir: data ?? '', trustDir: lists ?? '', allowedPaths: [folder, in1 ?? ''] };
  expect(startupWarnings({ ASSAY_TRUST_DIR: lists }, config).map(english)).toEqual([
    `the data folder ${data} does not exist; Assay creates it`,
    `ASSAY_TRUST_DIR: ${lists} is not a folder: until it is, signers are checked against no list`,
    `ASSAY_ALLOWED_PATHS: ${in1} is no folder: paths in it are refused`,
  ]);
  expect(startupWarnings({}, { dataDir: folder, trustDir: lists ?? '', allowedPaths: [] })).toEqual([]);
});

it.each([['serve'], ['worker']])('assay %s says it at its start, and starts', async (command) => {
  const child = start([command], {
    ASSAY_DATA_DIR: join(folder, command, 'data'),
    ASSAY_TRUST_DIR: join(folder, 'none'),
    ASSAY_RETENTION_DAY: '1',
    ASSAY_PORT: '0',
    ASSAY_SELF_TEST: 'skip',
    ASSAY_LOG_LEVEL: 'silent',
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  try {
    await expect.poll(() => said, { timeout: 120_000 }).toMatch(/listens on|jobs at a time/);
    expect(said).toContain('assay: ASSAY_RETENTION_DAY is not known and does nothing; did you mean ASSAY_');
    expect(said).toContain(`assay: ASSAY_TRUST_DIR: ${join(folder, 'none')} is not a folder`);
    expect(said).toContain(
      `assay: the data folder ${join(folder, command, 'data')} does not exist; Assay creates it`,
    );
  } finally {
    child.kill('SIGKILL');
  }
});
