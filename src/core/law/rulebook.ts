import Type, { type Static } from 'typebox';
import { KINDS } from '../media/media-kinds.js';
import { OUTCOMES, type Outcome } from '../report/finding-schema.js';
import { CLAUSE_KINDS, NEXT_STEPS, ROLES, SOURCE_KINDS, SUPPORTED } from '../report/rule-terms.js';
import type { SignalId } from '../report/signal.js';
import { BACKINGS } from '../signals/backing.js';

/** Law as data: schema-checked at start, diffed by lawyers. Its words stand beside it, a file a language (rulebooks/texts.ts). */

const closed = { additionalProperties: false } as const;
const date = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const id = Type.String({ pattern: '^[a-z0-9.]+(-[a-z0-9.]+)*$', maxLength: 64 });
const short = Type.String({ minLength: 1, maxLength: 300 });

/** What goes into the words for a part: the file's own word of the first signal that decided. */
const PART_PARAMS = ['value'] as const;

const TermSchema = Type.Object(
  {
    /** Whether there is such a signal is looked at apart: law that is newer than the program loses that clause alone. */
    signal: Type.String({ maxLength: 100 }),
    backing: Type.Optional(Type.Array(Type.Enum([...BACKINGS], { title: 'Backing' }), { minItems: 1 })),
  },
  { ...closed, title: 'Term' },
);
const terms = Type.Array(TermSchema, { minItems: 1, maxItems: 100 });

/** The rule language has these three words and no other. All that are given must hold. */
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
      Type.Array(WaySchema, { minItems: 1, maxItems: 20, description: 'The first that holds is said.' }),
    ),
  },
  { ...closed, title: 'ClausePart', description: 'One thing that is asked for, or forbidden.' },
);

const PeriodSchema = Type.Object(
  { from: date, until: Type.Optional(date), cohort: Type.Optional(id) },
  {
    ...closed,
    title: 'Period',
    description: 'The first day inclusive, the last exclusive; whom it is for, where not for all.',
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
    supports: Type.Array(Type.Enum([...SUPPORTED]), { minItems: 1, maxItems: SUPPORTED.length }),
  },
  { ...closed, title: 'Source' },
);

const ExceptionSchema = Type.Object(
  { id, when: Type.Optional(ConditionSchema) },
  { ...closed, title: 'Exception', description: 'Where it does not hold; `when`: a file can show it.' },
);

const NextSchema = Type.Enum([...NEXT_STEPS], { title: 'NextStep' });

export const RuleSchema = Type.Object(
  {
    id,
    provision: Type.String({ minLength: 1, description: 'Article, section or annex that holds the clause.' }),
    clause: Type.String({
      minLength: 1,
      description: 'As the instrument numbers it, whole: it is quoted alone.',
    }),
    kind: Type.Enum([...CLAUSE_KINDS], { title: 'ClauseKind' }),
    /** `provenance`: it speaks of where content comes from, and not of AI alone. */
    subject: Type.Optional(Type.Enum(['ai', 'provenance'])),
    binds: Type.Array(Type.Enum([...ROLES], { title: 'Role' }), { minItems: 1 }),
    media: Type.Array(Type.Enum([...KINDS], { title: 'Kind' }), { minItems: 1 }),
    voluntary: Type.Optional(Type.Literal(true, { description: 'Binds nobody who has not taken it on.' })),
    pending: Type.Optional(Type.Literal(true, { description: 'Not law yet.' })),
    periods: Type.Array(PeriodSchema, { maxItems: 20 }),
    /** Id of the clause of this book that took its place. */
    supersededBy: Type.Optional(Type.String()),
    sources: Type.Array(SourceSchema, { minItems: 1, maxItems: 20 }),
    checkAgainOn: Type.Optional(date),
    /** What in the file brings the clause into play. Where nothing does, the outcome is `not-applicable`. */
    trigger: Type.Optional(ConditionSchema),
    parts: Type.Optional(Type.Array(PartSchema, { minItems: 1, maxItems: 20 })),
    exceptions: Type.Optional(Type.Array(ExceptionSchema, { minItems: 1, maxItems: 30 })),
    /** The outcomes that it has a sentence of its own for. */
    statements: Type.Optional(
      Type.Array(Type.Enum([...OUTCOMES]), { minItems: 1, maxItems: OUTCOMES.length }),
    ),
    /** What to do next, by outcome, where the general line does not fit. */
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
      description: 'ISO 3166 code, `EU`, or `INT` for standards and practice that are no law.',
    }),
    /** Where it stands in a Report: those with a lower number come first. */
    order: Type.Integer({ minimum: 0 }),
    instrument: Type.Object(
      {
        title: Type.String({ description: 'Official name, in English.' }),
        originalTitle: Type.Optional(Type.String()),
        language: Type.Optional(Type.String({ description: 'BCP 47, of the original title.' })),
        number: Type.Optional(Type.String({ description: 'As it is cited.' })),
        address: Type.String({ pattern: '^https://', description: 'Official page.' }),
      },
      closed,
    ),
    edition: Type.String({
      description: 'Date of this text of ours; `.2` for the second of a day.',
      pattern: '^\\d{4}-\\d{2}-\\d{2}(\\.\\d{1,3})?$',
    }),
    rules: Type.Array(RuleSchema, { minItems: 1, maxItems: 500 }),
  },
  closed,
);

type Unnamed<T> = T extends { signal: string }
  ? Omit<T, 'signal'> & { signal: SignalId }
  : T extends readonly (infer U)[]
    ? Unnamed<U>[]
    : T extends object
      ? { [K in keyof T]: Unnamed<T[K]> }
      : T;

/** What a file of a law holds: its signals may be unknown to this version of Assay. */
export type WrittenRulebook = Static<typeof RulebookSchema>;
export type WrittenRule = WrittenRulebook['rules'][number];

/** Checked: there is each signal that it names. */
export type Condition = Unnamed<Static<typeof ConditionSchema>>;
export type Rule = Unnamed<WrittenRule>;
export type Part = NonNullable<Rule['parts']>[number];
export type Period = Rule['periods'][number];

export interface Rulebook extends Omit<WrittenRulebook, 'rules'> {
  rules: Rule[];
  /** Of its clauses and words (digest.ts); left out where nobody has made one, as in tests. */
  digest?: string;
  /** By language; left out where nobody listed them. */
  titles?: Readonly<Record<string, string>>;
  /** Clauses that are left out, since they name a signal that this version of Assay does not know. */
  disabled?: { rule: string; signal: string }[];
}
