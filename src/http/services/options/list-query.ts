import Type, { type Static } from 'typebox';
import { compact } from '../../../base/json-shape.js';
import { MEDIA_KINDS } from '../../../core/media/media-kinds.js';
import { OUTCOMES } from '../../../core/report/finding-schema.js';
import { ORIGINS } from '../../../core/report/report.js';
import { SIGNAL_IDS } from '../../../core/report/signal.js';
import { BACKINGS } from '../../../core/signals/backing.js';
import { signalFamily } from '../../../core/signals/index.js';
import { message } from '../../../i18n/message.js';
import { INSPECTION_STATUSES, type InspectionFilter } from '../../../storage/inspections/inspections.js';
import { badField } from '../../contract/problems/problem.js';
import { PageProperties, parsePage } from '../../contract/queries/paging.js';
import { deskLimits } from '../desk-fields.js';

/** Signal families: the part of a signal id before its dot. */
const SIGNAL_FAMILIES = [...new Set(SIGNAL_IDS.map(signalFamily))];

export const ListQuerySchema = Type.Object(
  {
    ...PageProperties,
    sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    origin: Type.Optional(Type.Enum([...ORIGINS], { title: 'Origin' })),
    backing: Type.Optional(Type.Enum([...BACKINGS], { title: 'Backing' })),
    signal: Type.Optional(
      Type.Enum(SIGNAL_IDS, {
        title: 'SignalId',
        description: 'Only inspections whose Report has this signal.',
      }),
    ),
    label: Type.Optional(
      Type.Enum(SIGNAL_FAMILIES, {
        description:
          'Only inspections whose Report has a signal of this family, the part of its id before the dot.',
      }),
    ),
    outcome: Type.Optional(
      Type.Enum([...OUTCOMES], {
        title: 'Outcome',
        description:
          'Only inspections with a clause of this outcome; with `rulebook`, a clause of that rulebook.',
      }),
    ),
    rulebook: Type.Optional(Type.String({ maxLength: 64 })),
    signer: Type.Optional(
      Type.String({
        maxLength: 500,
        description: 'Only inspections whose active manifest has a signer with exactly this name.',
      }),
    ),
    from: Type.Optional(
      Type.String({
        maxLength: 40,
        description: 'Only inspections created at or after this day or time, RFC 3339.',
      }),
    ),
    to: Type.Optional(
      Type.String({
        maxLength: 40,
        description: 'Only inspections created before this day or time, RFC 3339.',
      }),
    ),
    kind: Type.Optional(Type.Enum([...MEDIA_KINDS], { title: 'Kind' })),
    status: Type.Optional(Type.Enum([...INSPECTION_STATUSES], { title: 'InspectionStatus' })),
    caseRef: Type.Optional(Type.String({ maxLength: deskLimits.caseRefCharacters })),
    tag: Type.Optional(Type.String({ maxLength: deskLimits.tagCharacters })),
    batch: Type.Optional(Type.String({ maxLength: 64 })),
  },
  { additionalProperties: false },
);

type ListQuery = Static<typeof ListQuerySchema>;

export function toListFilter(query: ListQuery): {
  filter: InspectionFilter;
  page: { limit: number; cursor?: string };
} {
  const { limit, cursor, from, to, batch, ...same } = query;
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'string' && value.includes('\0')) throw badField(name, message('problem.field.nul'));
  }
  return {
    filter: {
      ...same,
      ...(from === undefined ? {} : { from: parseTime('from', from) }),
      ...(to === undefined ? {} : { to: parseTime('to', to) }),
      ...(batch === undefined ? {} : { batchId: batch }),
    },
    page: parsePage(compact({ limit, cursor })),
  };
}

const FORM = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Parses an RFC 3339 day or time into its stored form. */
export function parseTime(field: string, value: string): string {
  const millis = FORM.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(millis)) throw badField(field, message('problem.field.time'));
  return new Date(millis).toISOString();
}
