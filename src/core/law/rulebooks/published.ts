import Type, { type Static } from 'typebox';
import { LANGUAGES, type Language } from '../../../i18n/languages.js';
import { CLAUSE_GRADES, RULE_STATUSES } from '../../report/rule-terms.js';
import { overallPeriod, statusOn } from '../evaluate.js';
import { type Rule, type Rulebook, RulebookSchema, RuleSchema } from '../rulebook.js';
import { gradeOf, isVerified } from '../sources.js';
import { listOwnStatements } from './check-texts.js';
import { hasTexts, type LawTexts, type RuleText, textsOf } from './texts.js';

/** Law as the API serves it: its rules, each with its texts in every available language. */

/** Since 0.1 Chinese texts are published in `zh`; other languages use their tag. */
const MEMBER: ReadonlyMap<Language, string> = new Map([['zh-Hans', 'zh']]);

/** Further languages may be added. */
export const TextSchema = Type.Object(
  { en: Type.String({ minLength: 1 }), zh: Type.Optional(Type.String({ minLength: 1 })) },
  {
    title: 'TextInLanguages',
    additionalProperties: Type.String(),
    description:
      'Text by language. Books of Assay have English and Simplified Chinese; others have English at least.',
  },
);
const closed = { additionalProperties: false } as const;

const { statements: _, parts: __, periods: ___, exceptions: ____, ...ofRule } = RuleSchema.properties;
const { order: _____, ...ofBook } = RulebookSchema.properties;
const [PartSchema, ExceptionSchema, PeriodSchema] = [
  RuleSchema.properties.parts.items,
  RuleSchema.properties.exceptions.items,
  RuleSchema.properties.periods.items,
];

export const ReferenceSchema = Type.Object(
  { title: Type.String(), address: Type.String() },
  { ...closed, title: 'Reference' },
);

/** Each part has its text for being missing, and each method its text for being found that way. */
const PublishedPartSchema = Type.Object(
  {
    ...PartSchema.properties,
    text: TextSchema,
    ways: Type.Optional(
      Type.Array(Type.Object({ ...PartSchema.properties.ways.items.properties, text: TextSchema }, closed)),
    ),
  },
  closed,
);

const PublishedRuleSchema = Type.Object(
  {
    ...ofRule,
    title: TextSchema,
    asks: { ...TextSchema, description: 'Requirement of the clause, in Assay’s own words.' },
    note: Type.Optional(TextSchema),
    /** Present since 0.1; derived from the periods and the sources. */
    status: Type.Enum([...RULE_STATUSES], { title: 'RuleStatus' }),
    inForce: Type.Object({ from: Type.Optional(Type.String()), until: Type.Optional(Type.String()) }, closed),
    references: Type.Array(ReferenceSchema),
    verified: Type.Boolean({
      description: 'True only if the official text, or a copy of it, was read for this rule.',
    }),
    grade: Type.Enum([...CLAUSE_GRADES], {
      description:
        'Grade of the sources. A: official text or summary; B2: two other sources give the wording; B: fewer; C: memory.',
    }),
    periods: Type.Array(Type.Object({ ...PeriodSchema.properties, whom: Type.Optional(TextSchema) }, closed)),
    parts: Type.Optional(Type.Array(PublishedPartSchema)),
    exceptions: Type.Optional(
      Type.Array(Type.Object({ ...ExceptionSchema.properties, text: TextSchema }, closed)),
    ),
    notAssessable: Type.Optional(TextSchema),
    statements: Type.Record(Type.String(), TextSchema, { description: 'Values by outcome of the clause.' }),
    next: Type.Optional(
      Type.Record(Type.String(), RuleSchema.properties.next.properties.look, {
        description: 'Values by outcome of the clause.',
      }),
    ),
  },
  { ...closed, title: 'Rule' },
);

/** Removes length and count limits, which bind authors of law but need not appear in the schema of a response. */
export function removeBounds<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(removeBounds) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(([key]) => !BOUNDS.has(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, removeBounds(value)])) as T;
}
const BOUNDS: ReadonlySet<string> = new Set([
  ...['pattern', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties'],
]);

const WholeSchema = Type.Object(
  {
    ...ofBook,
    title: { ...TextSchema, description: 'Short title for headings and lists.' },
    about: {
      ...TextSchema,
      description: 'Introduction in two or three sentences for people who do not know the instrument.',
    },
    digest: Type.Optional(Type.String({ description: 'SHA-256 of the rulebook’s clauses and texts.' })),
    rules: Type.Array(PublishedRuleSchema, { minItems: 1 }),
  },
  { ...closed, $id: 'Rulebook' },
);
export const PublishedRulebookSchema = removeBounds(WholeSchema);

export type PublishedText = Static<typeof TextSchema>;
export type PublishedRule = Static<typeof PublishedRuleSchema>;
export type PublishedRulebook = Static<typeof WholeSchema>;

export function toPublishedRulebook(book: Rulebook, asOf: string): PublishedRulebook {
  const { id, jurisdiction, kind, instrument, edition, digest, rules } = book;
  return {
    id,
    jurisdiction,
    kind,
    title: publishedTitle(book),
    instrument,
    about: inEachLanguage(book, ({ about }) => about),
    edition,
    ...(digest === undefined ? {} : { digest }),
    rules: rules.map((rule) => toPublishedRule(book, rule, asOf)),
  };
}

export const publishedTitle = (book: Rulebook): PublishedText => inEachLanguage(book, ({ title }) => title);

/** Returns a rule as served. `asOf`: day for which its status is given. */
export function toPublishedRule(book: Rulebook, rule: Rule, asOf: string): PublishedRule {
  const { id, provision, clause, kind, subject, sources, periods, parts, exceptions, ...last } = rule;
  const {
    statements: _,
    binds,
    covers,
    onlyIf,
    items,
    supersededBy,
    voluntary,
    pending,
    checkAgainOn,
    ...rest
  } = last;
  const text = (what: RuleText) => inEachLanguage(book, (texts) => texts.template(id, what) ?? '');
  const hasNote = textsOf(book, 'en').template(id, 'note') !== undefined;
  const own = [...listOwnStatements(rule)];
  return {
    ...{ id, provision, clause, kind, title: text('title'), asks: text('asks') },
    ...(subject === undefined ? {} : { subject }),
    ...{
      binds,
      covers,
      ...(onlyIf === undefined ? {} : { onlyIf }),
      ...(items === undefined ? {} : { items }),
      status: statusOn(rule, asOf),
      inForce: overallPeriod(periods),
    },
    periods: periods.map(({ cohort, ...period }) => ({
      ...period,
      ...(cohort === undefined ? {} : { cohort, whom: text(`cohort.${cohort}`) }),
    })),
    ...(voluntary ? { voluntary } : {}),
    ...(pending ? { pending } : {}),
    ...(supersededBy === undefined ? {} : { supersededBy }),
    references: sources.flatMap(({ title, address }) => (address === undefined ? [] : [{ title, address }])),
    verified: isVerified(sources),
    grade: gradeOf(sources),
    sources,
    ...(checkAgainOn === undefined ? {} : { checkAgainOn }),
    ...(hasNote ? { note: text('note') } : {}),
    ...rest,
    ...(parts === undefined
      ? {}
      : {
          parts: parts.map(({ ways, ...part }) => ({
            ...part,
            text: text(`part.${part.id}`),
            ...(ways === undefined
              ? {}
              : { ways: ways.map((way) => ({ ...way, text: text(`part.${part.id}.${way.id}`) })) }),
          })),
        }),
    ...(exceptions === undefined
      ? {}
      : { exceptions: exceptions.map((one) => ({ ...one, text: text(`exception.${one.id}`) })) }),
    ...(own.includes('not-assessable') ? { notAssessable: text('statement.not-assessable') } : {}),
    statements: Object.fromEntries(
      own.filter((one) => one !== 'not-assessable').map((one) => [one, text(`statement.${one}`)]),
    ),
  };
}

function inEachLanguage(book: Rulebook, text: (texts: LawTexts) => string): PublishedText {
  const all = LANGUAGES.filter((one) => hasTexts(book, one)).map(
    (one) => [MEMBER.get(one) ?? one, text(textsOf(book, one))] as const,
  );
  return { en: '', ...Object.fromEntries(all) };
}
