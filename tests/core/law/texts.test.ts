import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/law/evaluate.js';
import type { Rulebook } from '../../../src/core/law/rulebook.js';
import { checkTexts, type Texts } from '../../../src/core/law/rulebooks/check-texts.js';
import { findingTexts } from '../../../src/core/law/rulebooks/finding-texts.js';
import { loadRulebooks } from '../../../src/core/law/rulebooks/index.js';
import { hasTexts, textsOf } from '../../../src/core/law/rulebooks/texts.js';
import { loadCatalogue } from '../../../src/i18n/catalogue.js';
import { LANGUAGES, type Language } from '../../../src/i18n/languages.js';
import { translatorFrom } from '../../../src/i18n/translator.js';

const BOOKS = loadRulebooks();
const ID = 'cn-labelling-measures-2025';
const RULE = '9-without-explicit';
const [LAW] = loadRulebooks([ID]);
if (LAW === undefined) throw new Error('no such law');
const law = LAW;

const textsIn = (id: string, language: string): Texts =>
  JSON.parse(
    readFileSync(
      new URL(`../../../src/core/law/rulebooks/${id}/texts.${language}.json`, import.meta.url),
      'utf8',
    ),
  );

describe.each(BOOKS.map((book) => [book.id, book] as const))('the words of %s', (id, book) => {
  it.each(LANGUAGES.map((one) => [one]))('are whole in %s', (language) => {
    expect(hasTexts(book, language)).toBe(true);
    expect(textsOf(book, language).translator.language).toBe(language);
  });

  it('are English in the English file, and no English sentence in the Chinese', () => {
    for (const text of Object.values(textsIn(id, 'en'))) expect(text).not.toMatch(/\p{Script=Han}/u);
    // Some clauses are cited by the names of standards, which are the same in all languages.
    for (const [key, text] of Object.entries(textsIn(id, 'zh-Hans')))
      if (!key.endsWith('.clause')) expect(text).toMatch(/\p{Script=Han}/u);
  });

  it('say of what was found which of two things it is', () => {
    for (const [language, or] of [
      ['en', /\bor\b/],
      ['zh-Hans', /或/],
    ] as const) {
      const texts = textsIn(id, language);
      const found = book.rules.flatMap(({ id: rule, parts = [] }) =>
        parts.flatMap(
          (part) =>
            part.ways?.map((way) => `${rule}.part.${part.id}.${way.id}`) ?? [`${rule}.part.${part.id}`],
        ),
      );
      for (const one of found) expect([one, texts[one]]).not.toEqual([one, expect.stringMatching(or)]);
    }
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
  const check = (value: unknown) => () => checkTexts(value, law, `${ID}/texts.zh-Hans.json`, english);

  it.each<[string, unknown, RegExp]>([
    ['a text is missing', changed({ [`${RULE}.asks`]: undefined }), /9-without-explicit\.asks is missing/],
    ['a title is missing', changed({ title: undefined }), /title is missing/],
    ['a note is missing', changed({ [`${RULE}.note`]: 'x' }), /note is a text that .* no use for/],
    [
      'a text is nobody’s',
      changed({ [`${RULE}.statement.superseded`]: 'x' }),
      /statement\.superseded is a text/,
    ],
    ['it has one too many', changed({ [`${RULE}.title`]: '{signer}' }), /has the places \{signer\}, .* \{\}/],
    ['it is no ICU text', changed({ [`${RULE}.title`]: '{' }), /9-without-explicit\.title cannot be read/],
    ['a text is no text', { title: 1 }, /not an object of texts/],
    ['it is no object', null, /not an object of texts/],
  ])('%s', (_name, value, why) => {
    expect(check(value)).toThrow(why);
    expect(check(value)).toThrow(/^rulebook cn-labelling-measures-2025\/texts\.zh-Hans\.json: /);
  });

  it('a note was left untranslated', () => {
    const noted = { ...english, [`${RULE}.note`]: 'Read in a transcript.' };
    expect(() => checkTexts(textsIn(ID, 'zh-Hans'), law, 'zh-Hans.json', noted)).toThrow(/note is missing/);
  });

  it('and is taken where nothing of this is so', () => {
    expect(check(changed({}))).not.toThrow();
  });
});

describe('what goes into the words of a clause', () => {
  const [rule] = law.rules;
  if (rule === undefined) throw new Error('no rule');
  const quotation = { text: 'x', language: 'en' };
  const [source] = rule.sources;
  if (source === undefined) throw new Error('no source');
  const ways = [
    { id: 'any', when: { any: [{ signal: 'c2pa.present' as const }] }, gives: ['value' as const] },
  ];
  const one: Rulebook = {
    ...law,
    rules: [
      {
        ...rule,
        id: 'one',
        kind: 'mark',
        periods: [{ from: '2026-01-01', cohort: 'old' }],
        parts: [{ id: 'mark', ways }],
        exceptions: [{ id: 'art' }],
        statements: ['answered'],
        sources: [{ ...source, quotation }],
      },
    ],
  };
  const TEXTS: Texts = {
    title: 't',
    short: 's',
    about: 'a',
    'one.title': 't',
    'one.asks': 'a',
    'one.part.mark': 'a mark',
    'one.part.mark.any': 'a mark, {value}',
    'one.cohort.old': 'old ones',
    'one.exception.art': 'art',
    'one.statement.answered': 'The law says {quote}.',
  };
  const check =
    (change: Record<string, string | undefined>, book = one) =>
    () =>
      checkTexts(JSON.parse(JSON.stringify({ ...TEXTS, ...change })), book, 'f');

  it('is all there', () => expect(check({})).not.toThrow());
  it.each(Object.keys(TEXTS))('is missed where %s is not', (id) => {
    expect(check({ [id]: undefined })).toThrow(`rulebook f: ${id} is missing`);
  });
  it.each<[string, Record<string, string>]>([
    ['a way drops its value', { 'one.part.mark.any': 'a mark' }],
    ['a part that is missing has one', { 'one.part.mark': 'a mark {value}' }],
    ['something quotes that is no statement', { 'one.asks': '{quote}' }],
    ['a text is nobody’s', { 'one.cohort.new': 'new ones' }],
  ])('is refused where %s', (_name, change) => expect(check(change)).toThrow(/^rulebook f: one\./));
  it('cannot quote where no source does', () => {
    const [clause] = one.rules;
    if (clause === undefined) throw new Error('no clause');
    const bare = { ...one, rules: [{ ...clause, sources: [source] }] };
    expect(check({}, bare)).toThrow(/has the places \{quote\}/);
    expect(check({ 'one.statement.answered': 'None.' }, bare)).not.toThrow();
  });
  it('may be there of a clause that was left out', () => {
    const disabled = { ...one, disabled: [{ rule: 'two', signal: 'later' }] };
    expect(check({ 'two.title': 'x' }, disabled)).not.toThrow();
  });
});

describe('a language that a law has no file for', () => {
  it('gets the English, and is told so', () => {
    const french = 'fr' as Language;
    const speech = translatorFrom(french, () => loadCatalogue('en'));
    expect(textsOf(law, french).title).toBe(textsOf(law, 'en').title);
    const facts = { kind: 'image' as const, signals: [], unknowable: new Set<never>(), asOf: '2026-11-25' };
    const [finding] = evaluate([law], facts);
    if (finding === undefined) throw new Error('no finding');
    const about = { asset: { kind: 'image' as const }, signals: [], tool: { asOf: '2026-11-25' } };
    expect(findingTexts(finding, about, speech, BOOKS).language).toBe('en');
  });
});
