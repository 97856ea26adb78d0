import Type, { type Static } from 'typebox';
import { localizeReport } from '../../core/law/localize.js';
import { MEDIA_KINDS } from '../../core/media/media-kinds.js';
import { localizeSentences, withHeadlineText } from '../../core/report/message-lookup.js';
import { type Headline, ORIGINS } from '../../core/report/report.js';
import { BACKINGS } from '../../core/signals/backing.js';
import type { Message } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import {
  INSPECTION_STATUSES,
  type InspectionHead,
  type InspectionRecord,
  isFinal,
  type ListedSummary,
} from '../../storage/inspections/inspections.js';

/** Envelope around a Report: facts of the service that the Report does not contain. */

const closed = { additionalProperties: false } as const;
const text = (description: string) => Type.String({ description });
const maybe = (description: string) => Type.Optional(text(description));

/** In a list: only the id and the text. */
const ListedHeadline = Type.Object({ id: Type.String(), text: Type.Optional(Type.String()) }, closed);

/** Member beside the name of a signer. */
export const SignerConfirmedSchema = Type.Optional(
  Type.Literal(true, {
    description: 'A trust list confirms the name of the signer.',
  }),
);

const VersionsSchema = Type.Object(
  {
    tool: Type.String(),
    engines: Type.Array(Type.String()),
    lists: Type.Array(
      Type.Object({ name: Type.String(), sha256: Type.String(), date: Type.Optional(Type.String()) }, closed),
    ),
    rulebooks: Type.Array(
      Type.Object({ id: Type.String(), edition: Type.String(), sha256: Type.String() }, closed),
    ),
    programs: Type.Array(Type.String()),
  },
  {
    title: 'Versions',
    ...closed,
    description: 'Versions that the result depends on, besides the file and the options.',
  },
);

const ChangeSchema = Type.Object(
  {
    what: Type.Enum(['tool', 'engine', 'list', 'rulebook', 'program', 'day', 'file']),
    name: Type.String(),
    before: Type.Optional(Type.String()),
    after: Type.Optional(Type.String()),
  },
  { ...closed, title: 'Change' },
);

const ChangesSchema = Type.Object(
  {
    reasons: Type.Array(ChangeSchema, {
      description: 'Versions and inputs that differ from the earlier inspection.',
    }),
    notApplied: Type.Optional(
      Type.Array(ChangeSchema, {
        description:
          'Present only if the file was no longer stored: changed components that therefore did not read it. Integrity and the ' +
          'readers’ results are those of the engine and the readers of the earlier inspection.',
      }),
    ),
    answer: Type.Array(
      Type.Object(
        {
          pointer: text('JSON Pointer into the Report.'),
          before: Type.Optional(Type.String()),
          after: Type.Optional(Type.String()),
        },
        closed,
      ),
      { description: 'Differences between the two Reports; empty if there are none.' },
    ),
  },
  { ...closed, title: 'Changes' },
);

export const InspectionSchema = Type.Object(
  {
    schema: Type.Literal('assay.inspection/1'),
    id: Type.String(),
    status: Type.Enum([...INSPECTION_STATUSES], { title: 'InspectionStatus' }),
    createdAt: text('RFC 3339, UTC.'),
    startedAt: maybe('Time at which a worker last started the inspection.'),
    finishedAt: maybe('Time at which the inspection finished, failed or was cancelled.'),
    expiresAt: maybe(
      'Time at which the inspection will be deleted; absent if it is stored until somebody deletes it.',
    ),
    name: text('Base name of the file.'),
    bytes: Type.Optional(Type.Integer({ minimum: 0 })),
    sha256: Type.Optional(Type.String()),
    servedBy: Type.Optional(
      Type.Object(
        { host: Type.String(), at: Type.String(), isLengthUnknown: Type.Optional(Type.Literal(true)) },
        { ...closed, description: 'Host that served the file, if it was fetched by a link.' },
      ),
    ),
    attempts: Type.Integer({
      minimum: 0,
      description: 'Number of times that a worker started the inspection.',
    }),
    error: Type.Optional(
      Type.Object(
        {
          code: text(
            'Stable code for programs. `attempts-exhausted`: every worker that ran only this inspection ended before it finished. ' +
              '`internal`: the service failed repeatedly. `path-not-allowed`, `not-found`, `not-readable`, ' +
              '`not-a-file`, `changed-while-reading`: the file could not be read at its path. None of these codes says anything about ' +
              'the content of the file.',
          ),
          message: Type.String(),
        },
        { ...closed, description: 'Error; present only if the inspection failed.' },
      ),
    ),
    uploadKeptUntil: maybe(
      'Time until which the uploaded file stays stored for a retry; present only if the inspection failed.',
    ),
    cachedFrom: maybe(
      'Id of the inspection whose result was reused: same bytes, options and versions. Results that depend on the file name are this inspection’s own.',
    ),
    caseRef: maybe('The newsroom’s own reference for the story.'),
    tags: Type.Array(Type.String()),
    notes: Type.Optional(
      Type.Array(
        Type.Object(
          { id: Type.Optional(Type.String()), text: Type.String(), by: Type.String(), at: Type.String() },
          closed,
        ),
        { description: 'Notes by people; absent in lists.' },
      ),
    ),
    batch: maybe('Id of the batch that the inspection belongs to.'),
    batchItem: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Position of the inspection in the batch, from 1.' }),
    ),
    supersedes: maybe('Id of the earlier inspection that this inspection rechecks.'),
    supersededBy: maybe('Id of the recheck that came to a different result.'),
    changes: Type.Optional(ChangesSchema),
    versions: Type.Optional(VersionsSchema),
    summary: Type.Optional(
      Type.Object(
        {
          origin: Type.Enum([...ORIGINS], { title: 'Origin' }),
          kind: Type.Enum([...MEDIA_KINDS], { title: 'Kind' }),
          headline: Type.Optional(ListedHeadline),
          sentence: Type.String(),
          backing: Type.Optional(Type.Enum([...BACKINGS], { title: 'Backing' })),
          signer: Type.Optional(Type.String()),
          signerConfirmed: SignerConfirmedSchema,
        },
        {
          ...closed,
          description: 'Summary of the Report, with texts taken from the Report; present only in lists.',
        },
      ),
    ),
    links: Type.Object(
      {
        self: Type.String(),
        report: Type.Optional(Type.String()),
        page: Type.Optional(Type.String()),
        matches: Type.Optional(Type.String()),
      },
      closed,
    ),
    report: Type.Optional(Type.Ref('Report#')),
  },
  {
    ...closed,
    $id: 'Inspection',
    title: 'Inspection',
    description: 'An inspection and its status, which the Report itself does not contain.',
  },
);

export type Inspection = Static<typeof InspectionSchema>;

/** Includes the Report if the record holds it. */
/** Builds the envelope in the given language, its Report included. */
export function toEnvelope(
  record: InspectionRecord | InspectionHead,
  translator: Translator = translatorFor('en'),
): Inspection {
  const { id, status, createdAt, request, attempts, tags, notes, batchId, sizeBytes } = record;
  const self = `/v1/inspections/${id}`;
  return {
    schema: 'assay.inspection/1',
    id,
    status,
    createdAt,
    ...pick(record, ['startedAt', 'finishedAt', 'expiresAt']),
    name: request.name,
    ...(sizeBytes === undefined ? {} : { bytes: sizeBytes }),
    ...pick(record, ['sha256']),
    ...(request.servedBy === undefined ? {} : { servedBy: request.servedBy }),
    attempts,
    ...(record.error && { error: localizeError(record.error, translator) }),
    ...pick(record, ['uploadKeptUntil', 'cachedFrom', 'caseRef']),
    tags,
    notes,
    ...(batchId === undefined ? {} : { batch: batchId }),
    ...pick(record, ['batchItem']),
    ...pick(record, ['supersedes', 'supersededBy', 'changes', 'versions']),
    ...('summary' in record && record.summary !== undefined
      ? { summary: localizeSummary(record.summary, translator) }
      : {}),
    links: {
      self,
      ...(status === 'done' ? { report: self, page: `/inspections/${id}`, matches: `${self}/matches` } : {}),
      ...(isFinal(status) ? {} : { page: `/inspections/${id}` }),
    },
    ...('report' in record && record.report !== undefined
      ? { report: localizeReport(JSON.parse(record.report), translator) }
      : {}),
  };
}

/** Builds the entry of a list; notes, changes and versions are only in the inspection itself. */
export function toListEntry(head: InspectionHead, translator?: Translator): Inspection {
  const { notes: _notes, changes: _changes, versions: _versions, ...small } = toEnvelope(head, translator);
  return small;
}

/** Builds the envelope as text around a Report that is already serialized. */
export function formatEnvelope(
  record: Omit<InspectionRecord, 'report'>,
  report: string,
  translator: Translator,
): string {
  return `${JSON.stringify(toEnvelope(record, translator)).slice(0, -1)},"report":${report}}`;
}

/** Returns the inspection as it was when it was accepted, whatever its present state. */
export function toAcceptedEnvelope(record: InspectionRecord): Inspection {
  const { id, tenant, createdAt, request, tags } = record;
  return toEnvelope({
    ...{ id, tenant, createdAt, request, tags, status: 'queued', attempts: 0, notes: [] },
    ...pick(record, ['expiresAt', 'sizeBytes', 'sha256', 'caseRef', 'batchId', 'supersedes']),
  });
}

const localizeError = (
  { code, userMessage }: { code: string; userMessage: Message },
  translator: Translator,
) => ({
  code,
  message: translator.translate(userMessage),
});

/** Lists are brief: the parts that form the sentence are only in the Report. */
function localizeSummary(
  { headline, messages, sentence = '', ...summary }: ListedSummary,
  translator: Translator,
) {
  return {
    ...summary,
    ...(headline === undefined ? {} : { headline: localizeListedHeadline(headline, translator) }),
    sentence: messages === undefined ? sentence : localizeSentences(messages.sentence, translator),
  };
}

/** Returns the members that are defined, in this order. */
function pick<T extends object, const K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(
    names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]),
  ) as Pick<T, K>;
}

function localizeListedHeadline(headline: Headline, translator: Translator) {
  const { id, text } = withHeadlineText(headline, translator);
  return { id, text };
}
