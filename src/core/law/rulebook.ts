import Type, { type Static } from 'typebox';
import { OUTCOMES, type Outcome } from '../report/finding-schema.js';
import {
  BOOK_KINDS,
  CLAUSE_CONDITIONS,
  CLAUSE_KINDS,
  COVERED_KINDS,
  LAW_ITEMS,
  ROLES,
  RULE_NEXT_STEPS,
  SOURCE_KINDS,
  SUPPORTED_ASPECTS,
} from '../report/rule-terms.js';
import type { SignalId } from '../report/signal.js';
import { BACKINGS } from '../signals/backing.js';

/**
 * Law as data: validated against a schema at start and reviewed as diffs by lawyers. Its texts are stored next to it,
 * one file per language (rulebooks/texts.ts).
 */

const closed = { additionalProperties: false } as const;
const date = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const id = Type.String({ pattern: '^[a-z0-9.]+(-[a-z0-9.]+)*$', maxLength: 64 });
const short = Type.String({ minLength: 1, maxLength: 300 });

/** Parameters of a part's text: the value of the first signal that decided it, as written in the file. */
const PART_PARAMS = ['value'] as const;

const TermSchema = Type.Object(
  {
    /** The schema does not check that the signal exists, so that a law newer than the program loses only that clause. */
    signal: Type.String({ maxLength: 100 }),
    backing: Type.Optional(Type.Array(Type.Enum([...BACKINGS], { title: 'Backing' }), { minItems: 1 })),
  },
  { ...closed, title: 'Term' },
);
const terms = Type.Array(TermSchema, { minItems: 1, maxItems: 100 });

/** The rule language has only these three operators. All that are given must be satisfied. */
export const ConditionSchema = Type.Object(
  { any: Type.Optional(terms), all: Type.Optional(terms), none: Type.Optional(terms) },
  { title: 'Condition', ...closed, minProperties: 1 },
);

const WaySchema = Type.Object(
  {
    id,
    when: ConditionSchema,
    gives: Type.Optional(Type.Array(Type.Enum([...PART_PARAMS]), { minItems: 1, maxItems: 1 })),
  },
  { ...closed, title: 'Way' },
);

const PartSchema = Type.Object(
  {
    id,
    when: Type.Optional(ConditionSchema),
    ways: Type.Optional(
      Type.Array(WaySchema, {
        minItems: 1,
        maxItems: 20,
        description: 'Alternative forms of the part; the statement names the first that applies.',
      }),
    ),
  },
  { ...closed, title: 'ClausePart', description: 'One required or forbidden part of a clause.' },
);

const PeriodSchema = Type.Object(
  { from: date, until: Type.Optional(date), cohort: Type.Optional(id) },
  {
    ...closed,
    title: 'Period',
    description:
      'Period in force: first day inclusive, last day exclusive; `cohort` names the group if it does not apply to all.',
  },
);

const SourceSchema = Type.Object(
  {
    kind: Type.Enum([...SOURCE_KINDS]),
    title: short,
    address: Type.Optional(Type.String({ pattern: '^https://', maxLength: 500 })),
    locator: Type.Optional(short),
    quotation: Type.Optional(
      Type.Object({ text: short, language: Type.String({ minLength: 2, maxLength: 20 }) }, closed),
    ),
    seenOn: date,
    seenBy: short,
    sha256: Type.Optional(
      Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the text that was read.' }),
    ),
    supports: Type.Array(Type.Enum([...SUPPORTED_ASPECTS]), {
      minItems: 1,
      maxItems: SUPPORTED_ASPECTS.length,
    }),
  },
  { ...closed, title: 'Source' },
);

const ItemSchema = Type.Object(
  {
    item: Type.Enum([...LAW_ITEMS], { title: 'LawItem' }),
    parts: Type.Optional(
      Type.Array(Type.String({ maxLength: 64 }), {
        minItems: 1,
        maxItems: 20,
        description: 'Parts of the clause that together are the item; absent if the clause has no parts.',
      }),
    ),
  },
  { ...closed, title: 'ClauseItem' },
);

const ExceptionSchema = Type.Object(
  { id, when: Type.Optional(ConditionSchema) },
  {
    ...closed,
    title: 'Exception',
    description:
      'Exception in which the clause does not apply; `when`: condition by which a file can show it.',
  },
);

const NextSchema = Type.Enum([...RULE_NEXT_STEPS], { title: 'NextStep' });

export const RuleSchema = Type.Object(
  {
    id,
    provision: Type.String({
      minLength: 1,
      description: 'Article, section or annex that contains the clause.',
    }),
    clause: Type.String({
      minLength: 1,
      description: 'Complete number of the clause in the instrument, because it is quoted on its own.',
    }),
    itemOf: Type.Optional(
      Type.String({
        description:
          'Clause of this rulebook that asks for one disclosure of which this clause is an item; counts hold the disclosure once.',
      }),
    ),
    kind: Type.Enum([...CLAUSE_KINDS], { title: 'ClauseKind' }),
    /** `provenance`: the clause concerns the origin of content in general, not AI alone. */
    subject: Type.Optional(Type.Enum(['ai', 'provenance'])),
    binds: Type.Array(Type.Enum([...ROLES], { title: 'Role' }), { minItems: 1 }),
    covers: Type.Array(
      Type.Enum([...COVERED_KINDS], {
        title: 'CoveredKind',
        description:
          'Kind of content by the law’s own scope: pictures, videos, sound, documents that hold text (PDF, Word), plain text. It does not depend on what Assay reads.',
      }),
      { minItems: 1, maxItems: COVERED_KINDS.length },
    ),
    onlyIf: Type.Optional(
      Type.Array(Type.Enum([...CLAUSE_CONDITIONS], { title: 'ClauseCondition' }), {
        minItems: 1,
        maxItems: CLAUSE_CONDITIONS.length,
        description: 'Conditions that no file shows; all must hold. Each statement of the clause names them.',
      }),
    ),
    items: Type.Optional(
      Type.Array(ItemSchema, {
        minItems: 1,
        maxItems: LAW_ITEMS.length,
        description:
          'Items that the clause asks a file to carry; absent if it asks for none of them, as a rule on the form of a label.',
      }),
    ),
    voluntary: Type.Optional(
      Type.Literal(true, { description: 'The clause binds only those who adopted it.' }),
    ),
    pending: Type.Optional(Type.Literal(true, { description: 'The clause is not law yet.' })),
    periods: Type.Array(PeriodSchema, { maxItems: 20 }),
    /** Id of the clause in this rulebook that replaced it. */
    supersededBy: Type.Optional(Type.String()),
    sources: Type.Array(SourceSchema, { minItems: 1, maxItems: 20 }),
    checkAgainOn: Type.Optional(date),
    /** Signals that make the clause applicable. Without them the outcome is `not-triggered`. */
    trigger: Type.Optional(ConditionSchema),
    parts: Type.Optional(Type.Array(PartSchema, { minItems: 1, maxItems: 20 })),
    exceptions: Type.Optional(Type.Array(ExceptionSchema, { minItems: 1, maxItems: 30 })),
    /** Outcomes for which the clause has its own sentence. */
    statements: Type.Optional(
      Type.Array(Type.Enum([...OUTCOMES]), { minItems: 1, maxItems: OUTCOMES.length }),
    ),
    /** Next step per outcome, if the general text does not fit. */
    next: Type.Optional(
      Type.Partial(
        Type.Object(
          Object.fromEntries(OUTCOMES.map((one) => [one, NextSchema])) as Record<Outcome, typeof NextSchema>,
          closed,
        ),
        closed,
      ),
    ),
  },
  closed,
);

export const RulebookSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 }),
    jurisdiction: Type.String({
      pattern: '^([A-Z]{2}(-[A-Z]{2})?|EU|INT)$',
      description: 'ISO 3166 code, `EU`, or `INT` for standards and practice that are not law.',
    }),
    kind: Type.Enum([...BOOK_KINDS], {
      title: 'BookKind',
      description: 'Law, voluntary code, or practice of platforms and standards.',
    }),
    /** Position in a Report; lower numbers come first. */
    order: Type.Integer({ minimum: 0 }),
    instrument: Type.Object(
      {
        title: Type.String({ description: 'Official name, in English.' }),
        originalTitle: Type.Optional(Type.String()),
        language: Type.Optional(Type.String({ description: 'Language of the original title (BCP 47).' })),
        number: Type.Optional(Type.String({ description: 'Number under which the instrument is cited.' })),
        address: Type.String({
          pattern: '^https://',
          description: 'Address of the instrument’s official page.',
        }),
      },
      closed,
    ),
    edition: Type.String({
      description: 'Date of this edition of the text; `.2` marks the second edition of a day.',
      pattern: '^\\d{4}-\\d{2}-\\d{2}(\\.\\d{1,3})?$',
    }),
    rules: Type.Array(RuleSchema, { minItems: 1, maxItems: 500 }),
  },
  closed,
);

type WithSignalIds<T> = T extends { signal: string }
  ? Omit<T, 'signal'> & { signal: SignalId }
  : T extends readonly (infer U)[]
    ? WithSignalIds<U>[]
    : T extends object
      ? { [K in keyof T]: WithSignalIds<T[K]> }
      : T;

/** Contents of a law's files; they may name signals unknown to this version of Assay. */
export type RawRulebook = Static<typeof RulebookSchema>;
export type RawRule = RawRulebook['rules'][number];

/** Validated condition: every signal it names exists. */
export type RuleCondition = WithSignalIds<Static<typeof ConditionSchema>>;
export type Rule = WithSignalIds<RawRule>;
export type ClausePart = NonNullable<Rule['parts']>[number];
export type Period = Rule['periods'][number];

export interface Rulebook extends Omit<RawRulebook, 'rules'> {
  rules: Rule[];
  /**
   * Digest of clauses and texts (digest.ts), and, if a layer of law has a part in it, of who signed it and what is
   * disabled in it; absent if none was computed, as in tests.
   */
  digest?: string;
  /** Titles by language; absent if not listed in an index. */
  titles?: Readonly<Record<string, string>>;
  /** Folder of its files; absent only in tests. */
  folder?: URL;
  /** Signer of the text; absent if it is Assay's own. */
  signer?: BookSigner;
  /** Clauses that are not evaluated. */
  disabled?: DisabledRule[];
}

/** `key`: SHA-256 of the public key. */
export interface BookSigner {
  name: string;
  key: string;
}

/** A clause that names a signal unknown to this version of Assay, or that a layer of law disables. */
export type DisabledRule =
  | { rule: string; signal: string }
  | { rule: string; clause: string; by: string; reason: string };
