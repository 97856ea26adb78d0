import Type, { type Static } from 'typebox';
import { compact } from '../../base/json-shape.js';
import { CHANGE_KINDS } from '../../core/law/outcome-changes.js';
import { OUTCOMES } from '../../core/report/finding-schema.js';
import type { Translator } from '../../i18n/translator.js';
import { rejudgedMessage, rejudgedNoteMessages } from '../../storage/law/rejudged-messages.js';
import {
  NOT_JUDGED_REASONS,
  REJUDGEMENT_STATUSES,
  type Rejudgement,
} from '../../storage/law/rejudgements.js';

const closed = { additionalProperties: false } as const;
const count = Type.Integer();
const counted = (description: string) => Type.Integer({ description });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const word = Type.Optional(Type.String());

export const NewRejudgementSchema = Type.Object(
  {
    asOf: Type.Optional({
      ...Day,
      description:
        'Day for which the rules are evaluated. Default: today, or for Reports with a requested day, that day.',
    }),
    since: Type.Optional(
      Type.String({
        maxLength: 40,
        description: 'Judge only Reports created at or after this time (RFC 3339).',
      }),
    ),
    until: Type.Optional(
      Type.String({ maxLength: 40, description: 'Judge only Reports created before this time (RFC 3339).' }),
    ),
    apply: Type.Optional(
      Type.Boolean({
        description:
          'Whether each Report with a change is superseded by a new inspection. Default: false, Reports stay unchanged.',
      }),
    ),
  },
  closed,
);
export type RejudgementBody = Static<typeof NewRejudgementSchema>;

const ListedChangeSchema = Type.Object(
  {
    inspection: Type.String(),
    rulebook: Type.String(),
    rule: Type.String(),
    before: Type.Optional(
      Type.Enum([...OUTCOMES], {
        title: 'Outcome',
        description: 'Outcome before. Absent: the Report did not list the clause, or it did not exist.',
      }),
    ),
    after: Type.Optional(
      Type.Enum([...OUTCOMES], {
        title: 'Outcome',
        description: 'Outcome of a clause. In `after`: absent if the clause is no longer reported.',
      }),
    ),
    is: Type.Enum([...CHANGE_KINDS], {
      description: 'Kind of change. `new`: the clause now says something about the file.',
    }),
    asOf: Type.String(),
    replacedBy: Type.Optional(Type.String({ description: 'Id of the inspection that supersedes this one.' })),
  },
  closed,
);

export const RejudgementSchema = Type.Object(
  {
    schema: Type.Literal('assay.rejudgement/1'),
    id: Type.String(),
    status: Type.Enum([...REJUDGEMENT_STATUSES]),
    createdAt: Type.String(),
    startedAt: word,
    finishedAt: word,
    expiresAt: word,
    asOf: Type.String(),
    since: word,
    until: word,
    apply: Type.Boolean(),
    law: Type.Optional(Type.String({ description: 'Digest of the rulebooks that were evaluated.' })),
    counts: Type.Object(
      {
        reports: counted('Sum of `judged`, `superseded` and `notJudged`.'),
        judged: count,
        changed: count,
        newFindings: count,
        endedFindings: count,
        otherwise: counted(
          'Number of Reports in which only outcomes that found nothing changed; these changes are not listed.',
        ),
        onTheirDay: counted(
          'Number of Reports judged for their own requested day; their signers were not checked again.',
        ),
        superseded: count,
        notJudged: Type.Object(
          Object.fromEntries(NOT_JUDGED_REASONS.map((why) => [why, Type.Optional(count)])),
          closed,
        ),
      },
      closed,
    ),
    summary: Type.Optional(
      Type.String({ description: 'Summary of the result; present once the re-judgement is done.' }),
    ),
    notes: Type.Array(Type.String()),
    changes: Type.Optional(Type.Array(ListedChangeSchema)),
    next: Type.Optional(Type.String({ description: '`cursor` of the next page.' })),
  },
  {
    ...closed,
    $id: 'Rejudgement',
    title: 'Rejudgement',
    description: 'Evaluation of stored Reports under the law now in force, without their files.',
  },
);

/** Builds the present state of a rejudgement, in a language. */
export function buildRejudgementEnvelope(
  { id, tenant: _, ask, counts, status, ...times }: Rejudgement,
  translator: Translator,
): Record<string, unknown> {
  const { asOf, since, until, apply = false } = ask;
  return {
    schema: 'assay.rejudgement/1',
    id,
    status,
    ...times,
    asOf,
    ...compact({ since, until }),
    apply,
    counts,
    ...(status === 'done' ? { summary: translator.translate(rejudgedMessage(counts)) } : {}),
    notes: rejudgedNoteMessages(counts).map((note) => translator.translate(note)),
  };
}
