import Type, { type Static } from 'typebox';
import { localizedMember, localizedText, type Stored } from '../../base/message-schema.js';
import { LANGUAGES } from '../../i18n/languages.js';
import { CLAUSE_CONDITIONS, CLAUSE_KINDS, ROLES, RULE_NEXT_STEPS, RULE_STATUSES } from './rule-terms.js';
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
  'outside-clause',
  'not-triggered',
  'kind-not-read',
  'not-in-force',
  'superseded',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Outcomes that say nothing about a file. */
export const SILENT_OUTCOMES = [
  'not-assessable',
  'outside-clause',
  'not-triggered',
  'kind-not-read',
  'not-in-force',
  'superseded',
] as const satisfies readonly Outcome[];

export const FindingSchema = Type.Object(
  {
    rulebook: Type.String({ description: 'Rulebook id.' }),
    rule: Type.String({ description: 'Rule id, unique in its rulebook.' }),
    provision: Type.String({ description: 'Article, section or annex that contains the clause.' }),
    clause: Type.String({ description: 'Clause as the instrument numbers it.' }),
    title: localizedText('Requirement of the clause in short, in the language of `tool.language`.'),
    outcome: Type.Enum([...OUTCOMES], {
      title: 'Outcome',
      description:
        'Result of evaluating the clause against the file’s signals. Never states whether a law was obeyed. `outside-clause`: the clause does not speak of such a file; `not-triggered`: nothing in the file brings it into play, and it may still apply; `kind-not-read`: it covers this kind of file, and Assay does not read it.',
    }),
    kind: Type.Optional(
      Type.Enum([...CLAUSE_KINDS], { title: 'ClauseKind', description: 'Kind of clause.' }),
    ),
    found: Type.Optional(
      Type.Array(Type.String(), {
        description:
          'Ids of required or forbidden parts of the clause that were found; the suffix after a dot is the form that was found.',
      }),
    ),
    missing: Type.Optional(
      Type.Array(Type.String(), { description: 'Ids of parts of the clause that were not found.' }),
    ),
    unread: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Ids of parts of the clause that Assay could not search for.',
      }),
    ),
    excepted: Type.Optional(Type.String({ description: 'Id of the exception that applies to the file.' })),
    because: Type.Array(Type.Enum(SIGNAL_IDS, { title: 'SignalId' }), {
      description:
        'Signals that decided the outcome. `indeterminate` without any signal: the kind of file is unknown.',
    }),
    statement: localizedText(
      'Statement composed of the rulebook’s texts, the outcome and the signals that decided it, in the language of `tool.language`.',
    ),
    language: Type.Optional(
      localizedMember(
        Type.Enum([...LANGUAGES], {
          description:
            'Language of title and statement, present if it differs from `tool.language` because the rulebook has no texts in that language.',
        }),
      ),
    ),
    next: Type.Enum([...RULE_NEXT_STEPS], { title: 'NextStep', description: 'Recommended next step.' }),
    binds: Type.Array(Type.Enum([...ROLES], { title: 'Role' })),
    status: Type.Enum([...RULE_STATUSES], {
      title: 'RuleStatus',
      description:
        'Status of the rule on the day evaluated; a `voluntary` rule binds only those who signed it.',
    }),
    inForce: Type.Object(
      { from: Type.Optional(Type.String()), until: Type.Optional(Type.String()) },
      {
        additionalProperties: false,
        description:
          'Period in which the clause is in force: first day inclusive, last day exclusive. Empty if it is not law yet.',
      },
    ),
    periods: Type.Optional(
      Type.Array(
        Type.Object(
          { from: Type.String(), until: Type.Optional(Type.String()), cohort: Type.Optional(Type.String()) },
          { additionalProperties: false },
        ),
        {
          description:
            'Periods by group, if the clause begins later for some than for others; `cohort` names the group.',
        },
      ),
    ),
    quotations: Type.Optional(
      localizedMember(
        Type.Array(
          Type.Object({ text: Type.String(), language: Type.String() }, { additionalProperties: false }),
          { description: 'Passages of `statement` that are quoted from the law.' },
        ),
      ),
    ),
    reference: Type.Object(
      { title: Type.String(), address: Type.String() },
      { title: 'Reference', additionalProperties: false },
    ),
    onlyIf: Type.Optional(
      Type.Array(Type.Enum([...CLAUSE_CONDITIONS], { title: 'ClauseCondition' }), {
        description: 'Conditions of the clause that no file shows; the statement names them.',
      }),
    ),
    bookSigner: Type.String({
      description:
        'Signer of the rulebook: `assay` for Assay’s own text, otherwise the name of the trusted key.',
    }),
    verified: Type.Boolean({
      description:
        'False: the rule is based on secondary sources and must be rechecked against the official text.',
    }),
  },
  { title: 'Finding', additionalProperties: false },
);
/** Stored finding. `language` is ruled out, so that no localized finding is taken for a stored one. */
export type Finding = Stored<Static<typeof FindingSchema>> & { language?: never };
export type LocalizedFinding = Static<typeof FindingSchema>;
