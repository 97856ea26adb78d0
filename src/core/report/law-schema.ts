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
      description: 'Jurisdiction as requested; `US` includes its states.',
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
      'Summary for one jurisdiction, and one role if roles were requested: number of clauses by outcome, clauses that found something ' +
      '(`sees`), clauses that a person must check by looking (`look`), and clauses that no file can show (`neverInFile`).',
  },
);
export type LawSummary = Static<typeof LawSummarySchema>;

export const FileDateSchema = Type.Object(
  {
    day: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    is: Type.Enum(['proven', 'claimed'], {
      description: '`proven`: the date comes from a timestamp of a listed authority.',
    }),
    carrier: Type.Enum([...FILE_DATE_CARRIERS]),
    name: Type.String({ description: 'Name of the field, or `timestamp`.' }),
  },
  {
    ...closed,
    title: 'FileDate',
    description: 'Date stated in the file. Rules are evaluated only for `tool.asOf`.',
  },
);
export type FileDate = Static<typeof FileDateSchema>;
