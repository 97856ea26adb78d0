import Type, { type Static } from 'typebox';
import { FILE_DATE_CARRIERS } from './file-date-carriers.js';
import { OUTCOMES } from './finding-schema.js';
import { ROLES } from './rule-terms.js';

const closed = { additionalProperties: false } as const;

const ClausesSchema = Type.Array(
  Type.Object({ rulebook: Type.String(), rule: Type.String() }, { ...closed, title: 'ClauseId' }),
);

/** Summary of the law of one jurisdiction for a file: the text shown on a page and where to read on. */
export const LawSummarySchema = Type.Object(
  {
    jurisdiction: Type.String({
      pattern: '^([A-Z]{2}(-[A-Z]{2})?|EU|INT)$',
      description: 'As asked; `US` takes in its states.',
    }),
    role: Type.Optional(Type.Enum([...ROLES], { title: 'Role' })),
    counts: Type.Partial(
      Type.Object(
        Object.fromEntries(OUTCOMES.map((one) => [one, Type.Integer({ minimum: 1 })])) as Record<
          (typeof OUTCOMES)[number],
          ReturnType<typeof Type.Integer>
        >,
        closed,
      ),
      { ...closed, title: 'OutcomeCounts', description: 'Clauses by outcome.' },
    ),
    sees: ClausesSchema,
    look: ClausesSchema,
    neverInFile: ClausesSchema,
  },
  {
    ...closed,
    title: 'Law',
    description:
      'Of one place, for one role where roles were asked for: how many clauses have which outcome, which see something ' +
      '(`sees`), which are for the eyes (`look`), and which no file can show (`neverInFile`).',
  },
);
export type LawSummary = Static<typeof LawSummarySchema>;

export const FileDateSchema = Type.Object(
  {
    day: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    is: Type.Enum(['proven', 'claimed'], { description: '`proven`: by a listed timestamp authority.' }),
    carrier: Type.Enum([...FILE_DATE_CARRIERS]),
    name: Type.String({ description: 'The field, or `timestamp`.' }),
  },
  {
    ...closed,
    title: 'FileDate',
    description: 'A day that the file gives itself. The law is asked about `tool.asOf` alone.',
  },
);
export type FileDate = Static<typeof FileDateSchema>;
