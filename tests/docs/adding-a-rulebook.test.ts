import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lawIndex } from '../../scripts/law-index.js';
import { evaluate } from '../../src/core/law/evaluate.js';
import type { Rulebook } from '../../src/core/law/rulebook.js';
import { checkTexts } from '../../src/core/law/rulebooks/check-texts.js';
import { computeRulebookDigest } from '../../src/core/law/rulebooks/digest.js';
import { listRulebookIds, loadLaws } from '../../src/core/law/rulebooks/index.js';
import { statementMessage } from '../../src/core/law/rulebooks/statement.js';
import { textsFrom } from '../../src/core/law/rulebooks/texts.js';
import type { SignalId } from '../../src/core/report/signal.js';
import type { Backing } from '../../src/core/signals/backing.js';

const ROOT = join(import.meta.dirname, '../..');
const LAWS = join(ROOT, 'src/core/law/rulebooks');

/** The files that the guide says to write, from its first table. */
const guide = readFileSync(join(ROOT, 'docs/adding-a-rulebook.md'), 'utf8');
const FILES =
  (guide.split('## The steps')[0] ?? '').match(/^\| `[^`]+`/gm)?.map((row) => row.slice(3, -1)) ?? [];
/** Examples of the guide: the rulebook, a clause, the clause’s texts, a case. */
const [BOOK, CLAUSE, WORDS, CASE] = [...guide.matchAll(/^```json\n(.*?)^```$/gms)].map(([, code = '']) =>
  JSON.parse(code),
);
const ID: string = BOOK.id;

describe('docs/adding-a-rulebook.md', () => {
  it('names the files of every law, and all of them', () => {
    expect([...FILES].sort()).toEqual(
      ['book.json', 'clauses.json', 'texts.en.json', 'texts.zh-Hans.json', 'cases.json', 'CHANGES.md'].sort(),
    );
    for (const id of listRulebookIds()) expect(readdirSync(join(LAWS, id)).sort()).toEqual([...FILES].sort());
  });

  it('is right that nothing else names a law', () => {
    const modules = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
      .filter(({ name }) => /\.(ts|js)$/.test(name))
      .map(({ parentPath, name }) => join(parentPath, name));
    // The help text shows one of them as an example.
    const naming = modules.filter((path) =>
      listRulebookIds().some((id) =>
        readFileSync(path, 'utf8')
          .replace(/assay \w+ .*/g, '')
          .includes(id),
      ),
    );
    expect(naming).toEqual([]);
  });
});

describe('a law that is added as the guide says', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-laws-'));
  const own = join(folder, ID);
  const write = (name: string, value: unknown) =>
    writeFileSync(join(own, name), typeof value === 'string' ? value : JSON.stringify(value));
  const texts = { title: 'T', short: 'Brazil, Invented Law', about: 'A.', ...WORDS };
  /** Mirrors `npm run generate`. */
  const generate = (before: { id: string; edition: string; digest: string }[] = []) =>
    writeFileSync(join(folder, 'index.json'), lawIndex(folder, computeRulebookDigest, before));
  const laws = () => loadLaws(pathToFileURL(`${folder}/`));

  beforeAll(() => {
    for (const id of ['cn-gb45438-2025', 'eu-ai-act-art-50'])
      cpSync(join(LAWS, id), join(folder, id), { recursive: true });
    mkdirSync(own);
    write('book.json', BOOK);
    write('clauses.json', [CLAUSE]);
    for (const language of ['en', 'zh-Hans']) write(`texts.${language}.json`, texts);
    write('cases.json', [CASE]);
    write('CHANGES.md', `# Changes\n\n## ${BOOK.edition}\n\n- The first edition.\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is one folder, and stands where its order says once the index is made', async () => {
    expect([...readdirSync(own)].sort()).toEqual([...FILES].sort());
    generate();
    const known = await laws();
    expect([...known.keys()]).toEqual(['cn-gb45438-2025', ID, 'eu-ai-act-art-50']);
    expect(known.get(ID)).toEqual({
      ...BOOK,
      rules: [CLAUSE],
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      folder: expect.any(URL),
      titles: { en: texts['title'], 'zh-Hans': expect.any(String) },
    });
    for (const language of ['en', 'zh-Hans'])
      checkTexts(texts, known.get(ID) as Rulebook, `${ID}/texts.${language}.json`);
  });

  it('says of the guide’s case what the guide says', async () => {
    const book = (await laws()).get(ID) as Rulebook;
    const signals = (CASE.signals as { id: SignalId; backing: Backing }[]).map((one) => ({
      ...one,
      basis: [{ carrier: 'file' as const, locator: 'case' }],
    }));
    const { kind, asOf, roles } = CASE;
    const findings = evaluate([book], { kind, signals, unknowable: new Set(CASE.unknowable), asOf }, roles);
    expect(Object.fromEntries(findings.map(({ rule, outcome }) => [rule, outcome]))).toEqual(CASE.expect);
    const [finding] = findings;
    const [rule] = book.rules;
    if (finding === undefined || rule === undefined) throw new Error('no finding');
    const words = textsFrom('en', texts);
    const about = { asset: { kind }, signals, tool: { asOf } };
    expect(
      words.translator.translate(statementMessage(finding, { rule, kind: 'law' }, words, about)),
    ).toContain(CASE.says[rule.id].en);
  });

  it('is refused where it says something else under the same edition, or has no line for its edition', () => {
    const { rulebooks } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
    write('texts.en.json', { ...texts, about: 'Another.' });
    expect(() => generate(rulebooks)).toThrow(/br-invented-2027: it says something else than before/);
    write('book.json', { ...BOOK, edition: `${BOOK.edition}.2` });
    expect(() => generate(rulebooks)).toThrow(/CHANGES\.md has no line for the edition 2026-12-15\.2/);
    write('CHANGES.md', `# Changes\n\n## ${BOOK.edition}.2\n\n- Article 5(1), from 2025: words.\n`);
    generate(rulebooks);
  });

  it('does not take the others with it where it is broken', async () => {
    write('clauses.json', '{');
    const known = await laws();
    expect([...known.keys()].at(-1)).toBe(ID);
    expect(known.get(ID)).toEqual(new Error(`rulebook ${ID}/clauses.json: it is not JSON`));
    expect(known.get('eu-ai-act-art-50')).not.toBeInstanceOf(Error);
  });
});
