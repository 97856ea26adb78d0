import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/core/law/finding.js';
import { checkTexts, type Texts } from '../../src/core/law/rulebooks/check-texts.js';
import { loadRulebooks } from '../../src/core/law/rulebooks/index.js';
import { findingWords } from '../../src/core/law/rulebooks/tell.js';
import { hasTexts, textsOf } from '../../src/core/law/rulebooks/texts.js';
import { catalogueOf } from '../../src/say/catalogue.js';
import { LANGUAGES, type Language } from '../../src/say/languages.js';
import { speechFrom } from '../../src/say/speech.js';

const BOOKS = loadRulebooks();
const ID = 'cn-labelling-measures-2025';
const RULE = '5.1-metadata-label';
const [LAW] = loadRulebooks([ID]);
if (LAW === undefined) throw new Error('no such law');
const law = LAW;

const textsIn = (id: string, language: string): Texts =>
  JSON.parse(
    readFileSync(new URL(`../../src/core/law/rulebooks/${id}/${language}.json`, import.meta.url), 'utf8'),
  );

describe.each(BOOKS.map((book) => [book.id, book] as const))('the words of %s', (id, book) => {
  it.each(LANGUAGES.map((one) => [one]))('are whole in %s', (language) => {
    expect(hasTexts(book, language)).toBe(true);
    expect(textsOf(book, language).speech.language).toBe(language);
  });

  it('are English in the English file, and no English sentence in the Chinese', () => {
    for (const text of Object.values(textsIn(id, 'en'))) expect(text).not.toMatch(/\p{Script=Han}/u);
    // Some clauses are cited by the names of standards, which are the same everywhere.
    for (const [key, text] of Object.entries(textsIn(id, 'zh-Hans')))
      if (!key.endsWith('.clause')) expect(text).toMatch(/\p{Script=Han}/u);
  });

  it('hold no clause that is cited as the law itself numbers it', () => {
    for (const language of LANGUAGES)
      for (const rule of book.rules) expect(textsIn(id, language)[`${rule.id}.clause`]).not.toBe(rule.clause);
  });
});

describe('a law’s file of a language is refused, with file and text, where', () => {
  const english = textsIn(ID, 'en');
  const changed = (change: Record<string, string | undefined>): unknown =>
    JSON.parse(JSON.stringify({ ...textsIn(ID, 'zh-Hans'), ...change }));
  const check = (value: unknown) => () => checkTexts(value, law, `${ID}/zh-Hans.json`, english);

  it.each<[string, unknown, RegExp]>([
    ['a text is missing', changed({ [`${RULE}.asks`]: undefined }), /5\.1-metadata-label\.asks is missing/],
    ['a title is missing', changed({ title: undefined }), /title is missing/],
    ['a note is missing', changed({ [`${RULE}.note`]: 'x' }), /note is a text that .* no use for/],
    [
      'a text is nobody’s',
      changed({ [`${RULE}.statement.superseded`]: 'x' }),
      /statement\.superseded is a text/,
    ],
    [
      'a translation drops a place',
      changed({ [`${RULE}.statement.answered`]: '有' }),
      /has the places \{\}, .* \{value\}/,
    ],
    ['it has one too many', changed({ [`${RULE}.title`]: '{signer}' }), /has the places \{signer\}, .* \{\}/],
    ['it is no ICU text', changed({ [`${RULE}.title`]: '{' }), /5\.1-metadata-label\.title cannot be read/],
    ['a text is no text', { title: 1 }, /not an object of texts/],
    ['it is no object', null, /not an object of texts/],
  ])('%s', (_name, value, why) => {
    expect(check(value)).toThrow(why);
    expect(check(value)).toThrow(/^rulebook cn-labelling-measures-2025\/zh-Hans\.json: /);
  });

  it('a note was left untranslated', () => {
    const noted = { ...english, [`${RULE}.note`]: 'Read in a transcript.' };
    expect(() => checkTexts(textsIn(ID, 'zh-Hans'), law, 'zh-Hans.json', noted)).toThrow(/note is missing/);
  });

  it('and is taken where nothing of this is so', () => {
    expect(check(changed({}))).not.toThrow();
  });
});

describe('a rule that asks for faults', () => {
  it('asks only for signals that there are words for', () => {
    const asking = BOOKS.flatMap(({ rules }) => rules).filter(({ statements }) =>
      Object.values(statements).some((places) => places.includes('faults')),
    );
    expect(asking.length).toBeGreaterThan(1);
    for (const { statements, partlyAnsweredWhen } of asking) {
      const outcomes = Object.entries(statements).filter(([, places]) => places.includes('faults'));
      expect(outcomes.map(([one]) => one)).toEqual(['partly-answered']);
      const terms = [...(partlyAnsweredWhen?.any ?? []), ...(partlyAnsweredWhen?.all ?? [])];
      const words = Object.keys(catalogueOf('en'));
      expect(words).toEqual(expect.arrayContaining(terms.map(({ signal }) => `finding.fault.${signal}`)));
    }
  });
});

describe('a language that a law has no file for', () => {
  it('gets the English, and is told so', () => {
    const french = 'fr' as Language;
    const speech = speechFrom(french, () => catalogueOf('en'));
    expect(textsOf(law, french).title).toBe(textsOf(law, 'en').title);
    const facts = { kind: 'image' as const, signals: [], unknowable: new Set<never>(), asOf: '2026-11-25' };
    const [finding] = evaluate([law], facts);
    if (finding === undefined) throw new Error('no finding');
    const about = { asset: { kind: 'image' as const }, signals: [], tool: { asOf: '2026-11-25' } };
    expect(findingWords(finding, about, speech, BOOKS).language).toBe('en');
  });
});
