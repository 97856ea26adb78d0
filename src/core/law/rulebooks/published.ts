import Type, { type Static } from 'typebox';
import { LANGUAGES, type Language } from '../../../say/languages.js';
import { OUTCOMES, type Outcome } from '../../report/finding-schema.js';
import { type Rule, type Rulebook, RulebookSchema, RuleSchema } from '../rulebook.js';
import { hasTexts, type LawTexts, type RuleText, textsOf } from './texts.js';

/** A law as it is served: its rules and, in each place of theirs, its words in every language that it has. */

/** Since 0.1 a text's Chinese stands in `zh`; any other language's stands in its tag. */
const MEMBER: ReadonlyMap<Language, string> = new Map([['zh-Hans', 'zh']]);

/** Other languages may come. */
const TextSchema = Type.Object(
  { en: Type.String({ minLength: 1 }), zh: Type.String({ minLength: 1 }) },
  {
    title: 'TextInLanguages',
    additionalProperties: Type.String(),
    description: 'English, Simplified Chinese.',
  },
);
const closed = { additionalProperties: false } as const;

const { statements: _, notAssessable: __, ...ofRule } = RuleSchema.properties;
const { order: ___, ...ofBook } = RulebookSchema.properties;

const PublishedRuleSchema = Type.Object(
  {
    ...ofRule,
    title: TextSchema,
    asks: { ...TextSchema, description: 'What it asks, in our own words.' },
    note: Type.Optional(TextSchema),
    notAssessable: Type.Optional(TextSchema),
    statements: Type.Partial(
      Type.Object(
        Object.fromEntries(OUTCOMES.map((one) => [one, TextSchema])) as Record<Outcome, typeof TextSchema>,
        closed,
      ),
      closed,
    ),
  },
  { ...closed, title: 'Rule' },
);

export const PublishedRulebookSchema = Type.Object(
  {
    ...ofBook,
    title: { ...TextSchema, description: 'Short, for headings and lists.' },
    about: { ...TextSchema, description: 'Two or three sentences for people who do not know it.' },
    rules: Type.Array(PublishedRuleSchema, { minItems: 1 }),
  },
  { ...closed, $id: 'Rulebook' },
);

export type PublishedText = Static<typeof TextSchema>;
export type PublishedRule = Static<typeof PublishedRuleSchema>;
export type PublishedRulebook = Static<typeof PublishedRulebookSchema>;

export function publishedRulebook(book: Rulebook): PublishedRulebook {
  const { $schema, id, jurisdiction, instrument, edition, rules } = book;
  return {
    ...($schema === undefined ? {} : { $schema }),
    id,
    jurisdiction,
    title: inEach(book, ({ title }) => title),
    instrument,
    about: inEach(book, ({ about }) => about),
    edition,
    rules: rules.map((rule) => publishedRule(book, rule)),
  };
}

export function publishedRule(book: Rulebook, rule: Rule): PublishedRule {
  const { id, provision, clause, statements, notAssessable, ...known } = rule;
  const { binds, media, status, inForce, supersededBy, references, verified, appliesWhen, ...last } = known;
  const text = (what: RuleText) => inEach(book, (texts) => texts.written(id, what) ?? '');
  const hasNote = textsOf(book, 'en').written(id, 'note') !== undefined;
  const outcomes = Object.keys(statements) as Outcome[];
  const { next, ...conditions } = last;
  return {
    ...{ id, provision, clause, title: text('title'), asks: text('asks') },
    ...{ binds, media, status, inForce },
    ...(supersededBy === undefined ? {} : { supersededBy }),
    ...{ references, verified },
    ...(hasNote ? { note: text('note') } : {}),
    ...(appliesWhen === undefined ? {} : { appliesWhen }),
    ...(notAssessable === undefined ? {} : { notAssessable: text('statement.not-assessable') }),
    ...conditions,
    statements: Object.fromEntries(outcomes.map((one) => [one, text(`statement.${one}`)])),
    ...(next === undefined ? {} : { next }),
  };
}

function inEach(book: Rulebook, text: (texts: LawTexts) => string): PublishedText {
  const all = LANGUAGES.filter((one) => hasTexts(book, one)).map(
    (one) => [MEMBER.get(one) ?? one, text(textsOf(book, one))] as const,
  );
  // Both are there of every law; see tests/rulebooks/texts.test.ts.
  return { en: '', zh: '', ...Object.fromEntries(all) };
}
