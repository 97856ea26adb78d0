import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { explainableCodes, explainCode } from '../../src/cli/explain/explanation.js';
import { loadRulebooks } from '../../src/core/law/rulebooks/index.js';
import { TERMS } from '../../src/core/page/glossary.js';
import { ReportSchema } from '../../src/core/report/report.js';
import { SIGNAL_IDS } from '../../src/core/report/signal.js';
import { translatorFor } from '../../src/i18n/translator.js';
import { inChinese } from '../i18n/english.js';
import { assayHere } from './run-here.js';
import { assay, lines } from './spawn-assay.js';

const books = loadRulebooks();

/** Every code of a closed list in a JSON schema. */
function enumsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'enum' in schema && Array.isArray(schema.enum) ? schema.enum.map(String) : [];
  return [...own, ...Object.values(schema).flatMap(enumsOf)];
}

describe('assay explain', () => {
  it.each(['en', 'zh-Hans'] as const)('has words for all that it says it can explain, in %s', (language) => {
    const codes = explainableCodes(books);
    expect(codes).toEqual(expect.arrayContaining([...SIGNAL_IDS]));
    const silent = codes.filter((code) => {
      const found = explainCode(code, books, language);
      return found.length === 0 || found.some(({ meaning }) => meaning === '');
    });
    expect(silent).toEqual([]);
  });

  it('knows every code of the JSON', () => {
    const known = new Set(explainableCodes([]));
    expect(enumsOf(ReportSchema).filter((code) => !known.has(code))).toEqual([]);
  });

  it('says of a signal where it may stand and which clauses look at it', async () => {
    const { code, stdout } = await assay(['explain', 'c2pa.integrity.altered', '--lang', 'en']);
    expect(code).toBe(0);
    expect(stdout).toContain('have changed since it was signed');
    expect(stdout).toContain('May stand in: Content Credentials');
    expect(stdout).toContain('      Article 10(2)  (10.2-labels-unchanged)');
  });

  it('finds a clause by its rule and by its number, with its dates and source', async () => {
    for (const name of ['50.2-machine-readable', 'Article 50(2)']) {
      const { stdout } = await assayHere(['explain', name, '--json']);
      expect(lines(stdout)[0]).toMatchObject({
        schema: 'assay.explanation/1',
        meanings: expect.arrayContaining([
          expect.objectContaining({
            kind: 'clause',
            rulebook: 'eu-ai-act-art-50',
            rule: expect.objectContaining({ inForce: expect.objectContaining({ from: '2026-08-02' }) }),
          }),
        ]),
      });
    }
  });

  it('explains words of reports as the glossary of the pages does', () => {
    expect(explainCode('trust-list', books, 'en')).toEqual([
      {
        kind: 'glossary',
        code: 'trust-list',
        meaning: translatorFor('en').text('glossary.means.trust-list'),
      },
    ]);
    expect(explainableCodes(books)).toEqual(expect.arrayContaining([...TERMS]));
  });

  it('says all that a word may be', () => {
    expect(explainCode('unknown', books, 'en').map(({ kind }) => kind)).toEqual([
      'origins',
      'validity',
      'signedStates',
    ]);
  });

  it('knows no word that no list has, and says what is near it', async () => {
    expect(explainCode('constructor', books, 'en')).toEqual([]);
    const near = await assayHere(['explain', 'integrity.alt']);
    expect(near.code).toBe(2);
    expect(near.stderr).toContain('c2pa.integrity.altered');
    const none = await assayHere(['explain', 'no\u001b[31msuch']);
    expect([none.code, none.stderr.includes('\u001b')]).toEqual([2, false]);
    expect(none.stderr).toContain('assay signals lists the signals');
  });
});

describe('assay signals', () => {
  it('lists each, or those that begin so', async () => {
    const { stdout } = await assay(['signals', '--json']);
    const [{ signals }] = lines(stdout) as [{ signals: { id: string }[] }];
    expect(signals.map(({ id }) => id)).toEqual([...SIGNAL_IDS]);
    const some = await assayHere(['signals', 'gb45438.label', '--lang', 'zh-Hans']);
    expect(some.stdout.match(/^\S+$/gm)?.every((id) => id.startsWith('gb45438.label'))).toBe(true);
    const chinese = await assayHere(['signals', 'c2pa.remote', '--json', '--lang', 'zh-Hans']);
    expect(lines(chinese.stdout)[0]).toMatchObject({
      signals: [{ id: 'c2pa.remote', meaning: inChinese('signal.c2pa.remote') }],
    });
    expect((await assayHere(['signals', 'nothing'])).code).toBe(2);
  });
});

describe('assay completion', () => {
  it('completes commands and options in bash, of the command that was typed', async () => {
    const { stdout: script } = await assay(['completion', 'bash']);
    const asked =
      'eval "$SCRIPT"; COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _assay; printf "%s\\n" "$COMPREPLY"';
    const completed = (...typed: string[]) =>
      execFileSync('bash', ['--norc', '-c', asked, 'sh', 'assay', ...typed], {
        env: { PATH: process.env['PATH'], SCRIPT: script },
        encoding: 'utf8',
      })
        .split('\n')
        .filter((word) => word !== '');
    expect(completed('tru')).toEqual(['trust']);
    expect(completed('trust', 'up')).toEqual(['update']);
    expect(completed('inspect', '--rev')).toEqual(['--reveal']);
    // A file with the name of a command is treated as a file.
    expect(completed('inspect', 'trust', '--rulebooks')).toEqual(['--rulebooks']);
    expect(completed('inspect', 'photo')).toEqual([]);
  });

  it.each([
    ['zsh', "'trust') words='status update import"],
    ['fish', `-n "test (__assay_typed) = 'trust'" -a update`],
  ])('knows the commands of a command in %s, and no shell besides', async (shell, line) => {
    expect((await assayHere(['completion', shell])).stdout).toContain(line);
    expect((await assayHere(['completion', 'tcsh'])).code).toBe(2);
  });
});
