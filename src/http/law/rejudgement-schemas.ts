import Type, { type Static } from 'typebox';
import { compact } from '../../base/json-shape.js';
import { CHANGE_KINDS, REPORTED_OUTCOMES } from '../../core/law/outcome-changes.js';
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
      description: 'Left out: today, but the day that was asked for where one was.',
    }),
    since: Type.Optional(Type.String({ maxLength: 40, description: 'Made then or later: RFC 3339.' })),
    until: Type.Optional(Type.String({ maxLength: 40, description: 'Made before then.' })),
    apply: Type.Optional(
      Type.Boolean({
        description: 'Each with a change gets a new inspection in its place. Left out: they stay.',
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
      Type.Enum([...REPORTED_OUTCOMES], {
        description: '`sees`: told in brief alone. Left out: nothing was seen, or there was no such clause.',
      }),
    ),
    after: Type.Optional(
      Type.Enum([...OUTCOMES], { title: 'Outcome', description: 'Left out: it is gone.' }),
    ),
    is: Type.Enum([...CHANGE_KINDS], { description: '`new`: it says something of the file now.' }),
    asOf: Type.String(),
    replacedBy: Type.Optional(Type.String({ description: 'The inspection in its place.' })),
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
    law: Type.Optional(Type.String({ description: 'Digest of the law asked.' })),
    counts: Type.Object(
      {
        reports: counted('`judged`, `superseded` and `notJudged` together.'),
        judged: count,
        changed: count,
        newFindings: count,
        endedFindings: count,
        otherwise: counted('Only outcomes that see nothing changed: not listed.'),
        onTheirDay: counted('Asked about their own day: their signers were not looked at again.'),
        superseded: count,
        notJudged: Type.Object(
          Object.fromEntries(NOT_JUDGED_REASONS.map((why) => [why, Type.Optional(count)])),
          closed,
        ),
      },
      closed,
    ),
    summary: Type.Optional(Type.String({ description: 'Once done.' })),
    notes: Type.Array(Type.String()),
    changes: Type.Optional(Type.Array(ListedChangeSchema)),
    next: Type.Optional(Type.String({ description: '`cursor` of the next page.' })),
  },
  {
    ...closed,
    $id: 'Rejudgement',
    title: 'Rejudgement',
    description: 'Kept Reports asked again under the law in force, without their files.',
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
