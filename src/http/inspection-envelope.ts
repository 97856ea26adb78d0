import Type, { type Static } from 'typebox';
import { tell } from '../core/law/tell.js';
import { KINDS } from '../core/media/media-kinds.js';
import { type Headline, ORIGINS } from '../core/report/report.js';
import { headlineTold, textOf } from '../core/report/text-in.js';
import { BACKINGS } from '../core/signals/backing.js';
import type { Said } from '../say/said.js';
import { type Speech, speechOf } from '../say/speech.js';
import {
  INSPECTION_STATUSES,
  type InspectionHead,
  type InspectionRecord,
  isFinal,
  type ListedSummary,
} from '../store/inspections.js';

/** What stands around a Report: the door's own facts, which the Report does not know. */

const closed = { additionalProperties: false } as const;
const text = (description: string) => Type.String({ description });
const maybe = (description: string) => Type.Optional(text(description));

/** In a list: the id and the text alone. */
const ListedHeadline = Type.Object({ id: Type.String(), text: Type.Optional(Type.String()) }, closed);

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
  { title: 'Versions', ...closed, description: 'What decided the answer besides the file and the question.' },
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
    because: Type.Array(ChangeSchema, { description: 'What is another one than at the earlier inspection.' }),
    notAsked: Type.Optional(
      Type.Array(ChangeSchema, {
        description:
          'Only where the file was no longer there: what is another one now and has not read it. Integrity, and what ' +
          'readers found, is as the engine and the readers of the earlier inspection saw it.',
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
      { description: 'Where the Report is another one; empty where it is not.' },
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
    startedAt: maybe('When it was last begun.'),
    finishedAt: maybe('When it was done, failed or was cancelled.'),
    expiresAt: maybe('When it will be deleted; left out: when somebody does.'),
    name: text('Base name of the file.'),
    bytes: Type.Optional(Type.Integer({ minimum: 0 })),
    sha256: Type.Optional(Type.String()),
    servedBy: Type.Optional(
      Type.Object(
        { host: Type.String(), at: Type.String(), isLengthUnknown: Type.Optional(Type.Literal(true)) },
        { ...closed, description: 'Who served it, where it came by a link.' },
      ),
    ),
    attempts: Type.Integer({ minimum: 0, description: 'How often it was begun by a worker.' }),
    error: Type.Optional(
      Type.Object(
        {
          code: text(
            'Stable; made for programs. `attempts-exhausted`: each worker that tried it alone was gone before its end. ' +
              '`internal`: a fault of the service, again and again. `path-not-allowed`, `not-found`, `not-readable`, ' +
              '`not-a-file`, `changed-while-reading`: the file could not be read where it lies. None says anything of ' +
              'what the file holds.',
          ),
          message: Type.String(),
        },
        { ...closed, description: 'Only where it failed.' },
      ),
    ),
    uploadKeptUntil: maybe(
      'Only where it failed: until then the file that was sent is kept, so that it can be tried again.',
    ),
    cachedFrom: maybe(
      'The inspection whose answer this is: same bytes, question and versions. What hangs on the name is this one’s own.',
    ),
    caseRef: maybe('The desk’s own word for the story.'),
    tags: Type.Array(Type.String()),
    notes: Type.Optional(
      Type.Array(
        Type.Object(
          { id: Type.Optional(Type.String()), text: Type.String(), by: Type.String(), at: Type.String() },
          closed,
        ),
        { description: 'Left out in lists.' },
      ),
    ),
    batch: maybe('Id of the batch it belongs to.'),
    batchItem: Type.Optional(Type.Integer({ minimum: 1, description: 'Its place in the batch.' })),
    supersedes: maybe('The earlier inspection that this recheck is about.'),
    supersededBy: maybe('The recheck that came to another answer.'),
    changes: Type.Optional(ChangesSchema),
    versions: Type.Optional(VersionsSchema),
    summary: Type.Optional(
      Type.Object(
        {
          origin: Type.Enum([...ORIGINS], { title: 'Origin' }),
          kind: Type.Enum([...KINDS], { title: 'Kind' }),
          headline: Type.Optional(ListedHeadline),
          sentence: Type.String(),
          backing: Type.Optional(Type.Enum([...BACKINGS], { title: 'Backing' })),
          signer: Type.Optional(Type.String()),
        },
        { ...closed, description: 'Only in lists: the Report’s own words in short.' },
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
    description: 'An inspection and where it stands; the Report itself knows nothing of it.',
  },
);

export type Inspection = Static<typeof InspectionSchema>;

/** With the Report where the record holds it. */
/** In the language of whoever is answered; its Report too. */
export function envelope(
  record: InspectionRecord | InspectionHead,
  speech: Speech = speechOf('en'),
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
    ...(record.error && { error: errorTold(record.error, speech) }),
    ...pick(record, ['uploadKeptUntil', 'cachedFrom', 'caseRef']),
    tags,
    notes,
    ...(batchId === undefined ? {} : { batch: batchId }),
    ...pick(record, ['batchItem']),
    ...pick(record, ['supersedes', 'supersededBy', 'changes', 'versions']),
    ...('summary' in record && record.summary !== undefined
      ? { summary: listedTold(record.summary, speech) }
      : {}),
    links: {
      self,
      ...(status === 'done' ? { report: self, page: `/inspections/${id}`, matches: `${self}/matches` } : {}),
      ...(isFinal(status) ? {} : { page: `/inspections/${id}` }),
    },
    ...('report' in record && record.report !== undefined
      ? { report: tell(JSON.parse(record.report), speech) }
      : {}),
  };
}

/** A line of a list: what was changed and kept beside it is asked of the inspection itself. */
export function listed(head: InspectionHead, speech?: Speech): Inspection {
  const { notes: _notes, changes: _changes, versions: _versions, ...small } = envelope(head, speech);
  return small;
}

/** The same envelope as text around a Report that is text already. */
export function envelopeText(
  record: Omit<InspectionRecord, 'report'>,
  report: string,
  speech: Speech,
): string {
  return `${JSON.stringify(envelope(record, speech)).slice(0, -1)},"report":${report}}`;
}

/** As it was when it was accepted, however far it has come meanwhile. */
export function accepted(record: InspectionRecord): Inspection {
  const { id, tenant, createdAt, request, tags } = record;
  return envelope({
    ...{ id, tenant, createdAt, request, tags, status: 'queued', attempts: 0, notes: [] },
    ...pick(record, ['expiresAt', 'sizeBytes', 'sha256', 'caseRef', 'batchId', 'supersedes']),
  });
}

const errorTold = ({ code, said }: { code: string; said: Said }, speech: Speech) => ({
  code,
  message: speech.say(said),
});

/** A list is short: what the sentence was made of stands in the Report. */
function listedTold({ headline, said, sentence = '', ...summary }: ListedSummary, speech: Speech) {
  return {
    ...summary,
    ...(headline === undefined ? {} : { headline: listedHeadline(headline, speech) }),
    sentence: said === undefined ? sentence : textOf(said.sentence, speech),
  };
}

/** Members that are there, in this order. */
function pick<T extends object, const K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(
    names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]),
  ) as Pick<T, K>;
}

function listedHeadline(headline: Headline, speech: Speech) {
  const { id, text } = headlineTold(headline, speech);
  return { id, ...(text === undefined ? {} : { text }) };
}
