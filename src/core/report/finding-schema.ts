import Type, { type Static } from 'typebox';
import { localizedText } from '../../base/message-schema.js';
import { LANGUAGES } from '../../i18n/languages.js';
import { CLAUSE_KINDS, ROLES, RULE_NEXT_STEPS, RULE_STATUSES } from './rule-terms.js';
import { SIGNAL_IDS } from './signal.js';

export const OUTCOMES = [
  'answered',
  'partly-answered',
  'no-signal-found',
  'indicator-seen',
  'none-seen',
  'look',
  'indeterminate',
  'not-assessable',
  'not-applicable',
  'not-in-force',
  'superseded',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const FindingSchema = Type.Object(
  {
    rulebook: Type.String({ description: 'Rulebook id.' }),
    rule: Type.String({ description: 'Rule id, unique in its rulebook.' }),
    provision: Type.String({ description: 'Article, section or annex that holds the clause.' }),
    clause: Type.String({ description: 'Clause as the instrument numbers it.' }),
    title: localizedText('What the clause asks for, in the language of `tool.language`.'),
    outcome: Type.Enum([...OUTCOMES], {
      title: 'Outcome',
      description: 'What the file’s signals say to the clause. Never whether a law was kept.',
    }),
    kind: Type.Optional(
      Type.Enum([...CLAUSE_KINDS], { title: 'ClauseKind', description: 'What the clause does.' }),
    ),
    found: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Ids of what it asks for, or forbids, that is there; after a dot, in which way.',
      }),
    ),
    missing: Type.Optional(Type.Array(Type.String(), { description: 'What of it is not there.' })),
    unread: Type.Optional(Type.Array(Type.String(), { description: 'What of it could not be looked for.' })),
    excepted: Type.Optional(Type.String({ description: 'Id of the exception that holds for it.' })),
    because: Type.Array(Type.Enum(SIGNAL_IDS, { title: 'SignalId' }), {
      description:
        'Signals that decided it. `indeterminate` without one: what kind of file it is, is not known.',
    }),
    statement: localizedText(
      'In the language of `tool.language`: made of the rulebook’s words, the outcome and the signals that decided it.',
    ),
    language: Type.Optional(
      Type.Enum([...LANGUAGES], {
        description:
          'Of title and statement, where it is another than `tool.language`: the law has no words in that one.',
      }),
    ),
    next: Type.Enum([...RULE_NEXT_STEPS], { title: 'NextStep', description: 'What to do next.' }),
    binds: Type.Array(Type.Enum([...ROLES], { title: 'Role' })),
    status: Type.Enum([...RULE_STATUSES], {
      title: 'RuleStatus',
      description: 'Of the rule on the day asked about; `voluntary` binds nobody who has not signed it.',
    }),
    inForce: Type.Object(
      { from: Type.Optional(Type.String()), until: Type.Optional(Type.String()) },
      {
        additionalProperties: false,
        description: 'The earliest day and the last, exclusive; no day: it is not law yet.',
      },
    ),
    periods: Type.Optional(
      Type.Array(
        Type.Object(
          { from: Type.String(), until: Type.Optional(Type.String()), cohort: Type.Optional(Type.String()) },
          { additionalProperties: false },
        ),
        { description: 'Where it begins for some later than for others: whom each period is for.' },
      ),
    ),
    quotations: Type.Optional(
      Type.Array(
        Type.Object({ text: Type.String(), language: Type.String() }, { additionalProperties: false }),
        { description: 'Words of `statement` that are the law’s own.' },
      ),
    ),
    reference: Type.Object(
      { title: Type.String(), address: Type.String() },
      { title: 'Reference', additionalProperties: false },
    ),
    verified: Type.Boolean({
      description: 'False: from secondary sources, to be rechecked against the official text.',
    }),
  },
  { title: 'Finding', additionalProperties: false },
);
export type Finding = Static<typeof FindingSchema>;
