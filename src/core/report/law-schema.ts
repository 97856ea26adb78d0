import Type, { type Static } from 'typebox';
import { FILE_DATE_CARRIERS } from './file-date-carriers.js';
import { OUTCOMES } from './finding-schema.js';
import { BOOK_KINDS, CLAUSE_CONDITIONS, LAW_ITEMS, ROLES, RULE_STATUSES } from './rule-terms.js';
import { LocationSchema } from './signal-schema.js';

const closed = { additionalProperties: false } as const;

/** Places of the file that one cell of the grid names. */
export const MAX_GRID_LOCATORS = 3;

/** Outcome of an item of a clause: of the parts of the clause that are the item. */
export const ItemOutcomeSchema = Type.Object(
  {
    item: Type.Enum([...LAW_ITEMS], {
      title: 'LawItem',
      description: 'Item that a clause asks a file to carry.',
    }),
    outcome: Type.Enum([...OUTCOMES], { title: 'Outcome' }),
  },
  { ...closed, title: 'ItemOutcome' },
);

const ClauseAnswerSchema = Type.Object(
  {
    rule: Type.String({ description: 'Rule id, unique in its rulebook.' }),
    outcome: Type.Enum([...OUTCOMES], { title: 'Outcome' }),
    items: Type.Optional(
      Type.Array(ItemOutcomeSchema, {
        description: 'Items that the clause asks a file to carry, one by one.',
      }),
    ),
  },
  { ...closed, title: 'ClauseAnswer' },
);

/** Law of one jurisdiction for a file: the clauses whose outcome says something about it, by rulebook. */
export const LawSummarySchema = Type.Object(
  {
    jurisdiction: Type.String({
      pattern: '^([A-Z]{2}(-[A-Z]{2})?|EU|INT)$',
      description: 'Jurisdiction as requested; `US` includes its states.',
    }),
    role: Type.Optional(Type.Enum([...ROLES], { title: 'Role' })),
    books: Type.Array(
      Type.Object(
        {
          rulebook: Type.String({ description: 'Rulebook id.' }),
          kind: Type.Enum([...BOOK_KINDS], { title: 'BookKind' }),
          bookSigner: Type.String({
            description:
              'Signer of the rulebook: `assay` for Assay’s own text, otherwise the name of the trusted key.',
          }),
          clauses: Type.Array(ClauseAnswerSchema),
        },
        { ...closed, title: 'LawOfBook' },
      ),
    ),
  },
  {
    ...closed,
    title: 'Law',
    description:
      'Law of one jurisdiction, and of one role if roles were requested: by rulebook, the clauses whose outcome says something about the file.',
  },
);
export type LawSummary = Static<typeof LawSummarySchema>;

/** Answers of the grid: outcomes, and `notice-seen`, which is a hint that never says that a notice is enough. */
export const GRID_ANSWERS = [...OUTCOMES, 'notice-seen'] as const;
export type GridAnswer = (typeof GRID_ANSWERS)[number];

/** The items that laws ask for, and what a file holds of each: one entry for each clause and item. */
export const LawGridSchema = Type.Object(
  {
    schema: Type.Literal('assay.law-grid/1'),
    name: Type.String({ description: 'Base name of the file.' }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    asOf: Type.String({ description: 'Day for which the law is evaluated.' }),
    roles: Type.Optional(Type.Array(Type.Enum([...ROLES], { title: 'Role' }))),
    laws: Type.Array(
      Type.Object(
        {
          rulebook: Type.String(),
          jurisdiction: Type.String(),
          kind: Type.Enum([...BOOK_KINDS], { title: 'BookKind' }),
          title: Type.String(),
          edition: Type.String(),
          bookSigner: Type.String({
            description:
              'Signer of the rulebook: `assay` for Assay’s own text, otherwise the name of the trusted key.',
          }),
        },
        { ...closed, title: 'GridLaw' },
      ),
    ),
    cells: Type.Array(
      Type.Object(
        {
          item: Type.Enum([...LAW_ITEMS], { title: 'LawItem' }),
          rulebook: Type.String(),
          rule: Type.String(),
          law: Type.String({ description: 'Law in short.' }),
          clause: Type.String({ description: 'Clause as it is cited in the language of the answer.' }),
          title: Type.String({ description: 'Requirement of the clause in short.' }),
          answer: Type.Enum([...GRID_ANSWERS], {
            title: 'GridAnswer',
            description:
              'Outcome of the item. `notice-seen`: a visible mark was seen in the pixels, which is a hint and no finding; without one a notice is `look`, never “none”.',
          }),
          text: Type.String({
            description: 'The answer in words, with the parts that were found or are missing.',
          }),
          binds: Type.Array(Type.Enum([...ROLES], { title: 'Role' })),
          bindsText: Type.String({ description: 'Who must do it, in words.' }),
          onlyIf: Type.Optional(
            Type.Array(Type.Enum([...CLAUSE_CONDITIONS], { title: 'ClauseCondition' }), {
              description: 'Conditions of the clause that no file shows.',
            }),
          ),
          onlyIfText: Type.Optional(Type.String()),
          status: Type.Enum([...RULE_STATUSES], { title: 'RuleStatus' }),
          inForce: Type.Object(
            { from: Type.Optional(Type.String()), until: Type.Optional(Type.String()) },
            { ...closed, description: 'First day inclusive, last day exclusive.' },
          ),
          cohorts: Type.Array(Type.String(), {
            description: 'To whom the clause applies since which day, if it begins later for some.',
          }),
          locators: Type.Array(LocationSchema, {
            maxItems: MAX_GRID_LOCATORS,
            description: 'First places in the file where the item was found.',
          }),
          locatorsLeftOut: Type.Optional(
            Type.Integer({
              minimum: 1,
              description: 'Number of further places in the file where the item was found.',
            }),
          ),
          source: Type.Object(
            {
              title: Type.String(),
              address: Type.Optional(Type.String()),
              locator: Type.Optional(Type.String()),
            },
            { ...closed, title: 'GridSource' },
          ),
        },
        { ...closed, title: 'GridCell' },
      ),
    ),
  },
  {
    ...closed,
    $id: 'LawGrid',
    description:
      'What the laws of some places ask a file to carry on a day, and what the file holds. An item without a cell is not asked for.',
  },
);
export type LawGrid = Static<typeof LawGridSchema>;
export type GridCell = LawGrid['cells'][number];

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
