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
        upload: Type.String({ description: 'Id of a finished upload. The upload is consumed.' }),
        sidecar: Type.Optional(
          Type.String({
            description: 'Id of an upload that is the file’s sidecar: its C2PA manifest store, or XMP.',
          }),
        ),
        init: Type.Optional(
          Type.String({
            description: 'Id of an upload with the initialisation segment of the file’s stream.',
          }),
        ),
      },
      closed,
    ),
    Type.Object(
      {
        path: Type.String({
          maxLength: httpLimits.batchPathCharacters,
          description:
            'Absolute path of a file on the server, in a folder that the operator allows (ASSAY_ALLOWED_PATHS). ' +
            'Assay neither changes nor moves the file.',
        }),
      },
      closed,
    ),
    Type.Object(
      {
        pathBytes: Type.String({
          maxLength: httpLimits.batchPathCharacters,
          description: 'Same as `path`, in base64, for paths whose bytes are not UTF-8.',
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
      description: 'Files of the batch; the same options apply to all of them.',
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
      description: '`done`: none of the batch’s inspections is queued or running.',
    }),
    createdAt: Type.String({ description: 'RFC 3339, UTC.' }),
    finishedAt: Type.Optional(Type.String()),
    cancelledAt: Type.Optional(Type.String()),
    expiresAt: Type.Optional(
      Type.String({
        description: 'Time at which the batch is deleted; absent if it is stored until somebody deletes it.',
      }),
    ),
    total: Type.Integer({ minimum: 1, description: 'Number of files in the batch when it was created.' }),
    counts: Type.Object(Object.fromEntries(INSPECTION_STATUSES.map((status) => [status, count])), {
      ...closed,
      description: 'Number of inspections by status; deleted inspections are not counted.',
    }),
    origins: Type.Object(Object.fromEntries(ORIGINS.map((origin) => [origin, Type.Optional(count)])), {
      ...closed,
      description: 'Number of Reports by declared origin; origins without Reports are absent.',
    }),
    caseRef: Type.Optional(Type.String()),
    tags: Type.Array(Type.String()),
    links: Type.Object(
      { self: Type.String(), results: Type.String(), inspections: Type.String(), page: Type.String() },
      closed,
    ),
  },
  {
    ...closed,
    $id: 'Batch',
    title: 'Batch',
    description: 'Set of files that are inspected with the same options.',
  },
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
