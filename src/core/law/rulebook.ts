import Type, { type Static } from 'typebox';
import { KINDS } from '../media/media-kinds.js';
import { OUTCOMES, type Outcome } from '../report/finding-schema.js';
import { NEXT_STEPS, ROLES, RULE_STATUSES } from '../report/rule-terms.js';
import { SIGNAL_IDS } from '../report/signal.js';
import { BACKINGS } from '../signals/backing.js';

/** Law as data: schema-checked at start, diffed by lawyers. Its words stand beside it, a file a language (rulebooks/texts.ts). */

const closed = { additionalProperties: false } as const;
const date = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

/** What goes into a sentence of the law's own: the file's own word of the first signal that decided, or what is wrong. */
const STATEMENT_PARAMS = ['value', 'faults'] as const;

const TermSchema = Type.Object(
  {
    signal: Type.Enum(SIGNAL_IDS, { title: 'SignalId' }),
    backing: Type.Optional(Type.Array(Type.Enum([...BACKINGS], { title: 'Backing' }), { minItems: 1 })),
  },
  { ...closed, title: 'Term' },
);

/** The rule language has these three words and no other. All that are given must hold. */
export const ConditionSchema = Type.Object(
  {
    any: Type.Optional(Type.Array(TermSchema, { minItems: 1 })),
    all: Type.Optional(Type.Array(TermSchema, { minItems: 1 })),
    none: Type.Optional(Type.Array(TermSchema, { minItems: 1 })),
  },
  { title: 'Condition', ...closed, minProperties: 1 },
);

const ReferenceSchema = Type.Object(
  { title: Type.String(), address: Type.String({ pattern: '^https://' }) },
  { ...closed, title: 'Reference' },
);

/** A member for any of the outcomes. */
function byOutcome<T extends Type.TSchema>(schema: T) {
  const members = Object.fromEntries(OUTCOMES.map((one) => [one, schema])) as Record<Outcome, T>;
  return Type.Partial(Type.Object(members, closed), closed);
}

export const RuleSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9.]+(-[a-z0-9.]+)*$' }),
    provision: Type.String({ minLength: 1, description: 'Article, section or annex that holds the clause.' }),
    clause: Type.String({
      minLength: 1,
      description: 'As the instrument numbers it, whole: it is quoted alone.',
    }),
    binds: Type.Array(Type.Enum([...ROLES], { title: 'Role' }), { minItems: 1 }),
    media: Type.Array(Type.Enum([...KINDS], { title: 'Kind' }), { minItems: 1 }),
    status: Type.Enum([...RULE_STATUSES], { title: 'RuleStatus' }),
    inForce: Type.Object(
      { from: date, until: Type.Optional(date) },
      { ...closed, description: 'The first day inclusive, the last exclusive.' },
    ),
    /** Id of the rule of this book that took its place. */
    supersededBy: Type.Optional(Type.String()),
    references: Type.Array(ReferenceSchema, { minItems: 1 }),
    verified: Type.Boolean({
      description: 'True only where the official text itself was read for this rule.',
    }),
    /** When the file does not trigger the clause, the outcome is `not-applicable`. */
    appliesWhen: Type.Optional(ConditionSchema),
    /** Where no file can show it: where the clause applies, the outcome is `not-assessable`, and its text says why. */
    notAssessable: Type.Optional(Type.Literal(true)),
    answeredWhen: Type.Optional(ConditionSchema),
    partlyAnsweredWhen: Type.Optional(ConditionSchema),
    /** The outcomes that it has a sentence of its own for, each with what goes into it. */
    statements: byOutcome(
      Type.Array(Type.Enum([...STATEMENT_PARAMS]), { maxItems: STATEMENT_PARAMS.length }),
    ),
    /** What to do next, where the general line for the outcome does not fit. */
    next: Type.Optional(byOutcome(Type.Enum([...NEXT_STEPS], { title: 'NextStep' }))),
  },
  { ...closed, title: 'Rule' },
);

export const RulebookSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    id: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }),
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
    edition: Type.String({ description: 'Date of this text of ours.', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    rules: Type.Array(RuleSchema, { minItems: 1 }),
  },
  closed,
);

export type Condition = Static<typeof ConditionSchema>;
export type Rule = Static<typeof RuleSchema>;
export type Rulebook = Static<typeof RulebookSchema>;
