import Type, { type Static } from 'typebox';
import { compact } from '../../base/json-shape.js';
import { ORIGINS } from '../../core/report/report.js';
import type { Batch } from '../../storage/inspections/batches.js';
import { INSPECTION_STATUSES } from '../../storage/inspections/inspections.js';
import type { InspectionRepository } from '../../storage/inspections/kysely-inspections.js';
import { httpLimits } from '../contract/limits.js';
import { JsonFieldsSchema } from '../services/options/upload-fields.js';

const closed = { additionalProperties: false } as const;
const count = Type.Integer({ minimum: 0 });

export const BatchItemSchema = Type.Union(
  [
    Type.Object(
      {
        upload: Type.String({ description: 'Id of an upload that is whole. It is used up.' }),
        sidecar: Type.Optional(
          Type.String({
            description: 'Id of an upload that is kept beside it: its C2PA manifest store, or XMP.',
          }),
        ),
        init: Type.Optional(
          Type.String({ description: 'Id of an upload with the init segment of its stream.' }),
        ),
      },
      closed,
    ),
    Type.Object(
      {
        path: Type.String({
          maxLength: httpLimits.batchPathCharacters,
          description:
            'Whole path of a file on the server, under a folder that its operator named (ASSAY_ALLOWED_PATHS). ' +
            'It stays as it is and where it is.',
        }),
      },
      closed,
    ),
    Type.Object(
      {
        pathBytes: Type.String({
          maxLength: httpLimits.batchPathCharacters,
          description: 'As `path`, in base64: for one whose bytes are not UTF-8.',
        }),
      },
      closed,
    ),
  ],
  { title: 'BatchItem' },
);
export type BatchItemRequest = Static<typeof BatchItemSchema>;

export const BatchRequestSchema = Type.Interface(
  [JsonFieldsSchema],
  {
    items: Type.Array(BatchItemSchema, {
      minItems: 1,
      maxItems: httpLimits.batchItems,
      description: 'The files; all are asked the same.',
    }),
  },
  closed,
);
export type BatchRequest = Static<typeof BatchRequestSchema>;

export const BatchSchema = Type.Object(
  {
    schema: Type.Literal('assay.batch/1'),
    id: Type.String(),
    status: Type.Enum(['running', 'done', 'cancelled'], {
      description: '`done`: nothing of it waits or runs any more.',
    }),
    createdAt: Type.String({ description: 'RFC 3339, UTC.' }),
    finishedAt: Type.Optional(Type.String()),
    cancelledAt: Type.Optional(Type.String()),
    expiresAt: Type.Optional(Type.String({ description: 'Left out: kept until somebody deletes it.' })),
    total: Type.Integer({ minimum: 1, description: 'How many files it began with.' }),
    counts: Type.Object(Object.fromEntries(INSPECTION_STATUSES.map((status) => [status, count])), {
      ...closed,
      description: 'Inspections by where they stand; those that were deleted are in none.',
    }),
    origins: Type.Object(Object.fromEntries(ORIGINS.map((origin) => [origin, Type.Optional(count)])), {
      ...closed,
      description: 'Reports by what their files declare; only what there is.',
    }),
    caseRef: Type.Optional(Type.String()),
    tags: Type.Array(Type.String()),
    links: Type.Object(
      { self: Type.String(), results: Type.String(), inspections: Type.String(), page: Type.String() },
      closed,
    ),
  },
  { ...closed, $id: 'Batch', title: 'Batch', description: 'Many files asked about at once.' },
);

/** Builds the present state of a batch. */
export async function buildBatchEnvelope(
  batch: Batch,
  inspections: Pick<InspectionRepository, 'countByStatus' | 'countByOrigin'>,
): Promise<Record<string, unknown>> {
  const { id, tenant, createdAt, finishedAt, cancelledAt, expiresAt, total, caseRef, tags } = batch;
  const [counts, origins] = await Promise.all([
    inspections.countByStatus(tenant, { batchId: id }),
    inspections.countByOrigin(tenant, { batchId: id }),
  ]);
  const self = `/v1/batches/${id}`;
  return {
    schema: 'assay.batch/1',
    id,
    status: cancelledAt !== undefined ? 'cancelled' : finishedAt !== undefined ? 'done' : 'running',
    createdAt,
    ...compact({ finishedAt, cancelledAt, expiresAt }),
    total,
    counts,
    origins: Object.fromEntries(
      ORIGINS.flatMap((origin) => {
        const number = origins.get(origin);
        return number === undefined ? [] : [[origin, number]];
      }),
    ),
    ...(caseRef === undefined ? {} : { caseRef }),
    tags,
    links: {
      self,
      results: `${self}/results`,
      inspections: `/v1/inspections?batch=${id}`,
      page: `/batches/${id}`,
    },
  };
}
