import Type, { type Static } from 'typebox';
import { OUTCOMES } from './finding-schema.js';
import { KINDS } from './media-types.js';
import { BACKINGS, SIGNAL_IDS } from './signal.js';

/** Law as data: schema-checked at start, served verbatim, diffed by lawyers. */

const closed = { additionalProperties: false } as const;
const date = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

const TermSchema = Type.Object(
  {
    signal: Type.Enum(SIGNAL_IDS),
    backing: Type.Optional(Type.Array(Type.Enum([...BACKINGS]), { minItems: 1 })),
  },
  closed,
);

/** The rule language has these three words and no other. All that are given must hold. */
export const ConditionSchema = Type.Object(
  {
    any: Type.Optional(Type.Array(TermSchema, { minItems: 1 })),
    all: Type.Optional(Type.Array(TermSchema, { minItems: 1 })),
    none: Type.Optional(Type.Array(TermSchema, { minItems: 1 })),
  },
  { ...closed, minProperties: 1 },
);

const ReferenceSchema = Type.Object(
  { title: Type.String(), address: Type.String({ pattern: '^https://' }) },
  closed,
);

export const RuleSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9.]+(-[a-z0-9.]+)*$' }),
    clause: Type.String({ minLength: 1 }),
    title: Type.String({ minLength: 1 }),
    asks: Type.String({ minLength: 1, description: 'In our own words.' }),
    binds: Type.Array(Type.Enum(['provider', 'deployer', 'platform', 'user', 'device-maker']), {
      minItems: 1,
    }),
    media: Type.Array(Type.Enum([...KINDS]), { minItems: 1 }),
    status: Type.Enum(['in-force', 'pending', 'voluntary', 'superseded']),
    inForce: Type.Object({ from: date, until: Type.Optional(date) }, closed),
    references: Type.Array(ReferenceSchema, { minItems: 1 }),
    verified: Type.Boolean(),
    /** When the file does not trigger the clause, the outcome is `not-applicable`. */
    appliesWhen: Type.Optional(ConditionSchema),
    /** Given where no file can show it; the outcome is then always `not-assessable`. */
    notAssessable: Type.Optional(Type.String()),
    answeredWhen: Type.Optional(ConditionSchema),
    partlyAnsweredWhen: Type.Optional(ConditionSchema),
    statements: Type.Partial(
      Type.Object(
        Object.fromEntries(OUTCOMES.map((o) => [o, Type.String()])) as Record<
          (typeof OUTCOMES)[number],
          Type.TString
        >,
        closed,
      ),
      closed,
    ),
  },
  closed,
);

export const RulebookSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    id: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }),
    jurisdiction: Type.String({ minLength: 2 }),
    instrument: Type.Object(
      {
        title: Type.String(),
        originalTitle: Type.Optional(Type.String()),
        language: Type.Optional(Type.String()),
      },
      closed,
    ),
    edition: Type.String({ description: 'Date of this text of ours.', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    rules: Type.Array(RuleSchema, { minItems: 1 }),
  },
  { ...closed, $id: 'Rulebook' },
);

export type Condition = Static<typeof ConditionSchema>;
export type Rule = Static<typeof RuleSchema>;
export type Rulebook = Static<typeof RulebookSchema>;
