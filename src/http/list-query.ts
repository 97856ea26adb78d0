import Type, { type Static } from 'typebox';
import { compact } from '../core/ground/json-shape.js';
import { KINDS } from '../core/media/media-kinds.js';
import { OUTCOMES } from '../core/report/finding-schema.js';
import { ORIGINS } from '../core/report/report.js';
import { SIGNAL_IDS } from '../core/report/signal.js';
import { BACKINGS } from '../core/signals/backing.js';
import { familyOf } from '../core/signals/index.js';
import { said } from '../say/said.js';
import { INSPECTION_STATUSES, type InspectionFilter } from '../store/inspections.js';
import { deskLimits } from './desk-words.js';
import { PageProperties, pageIn } from './paging.js';
import { badField } from './problem.js';

/** What stands before a signal's dot. */
const LABELS = [...new Set(SIGNAL_IDS.map(familyOf))];

export const ListQuerySchema = Type.Object(
  {
    ...PageProperties,
    sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    origin: Type.Optional(Type.Enum([...ORIGINS], { title: 'Origin' })),
    backing: Type.Optional(Type.Enum([...BACKINGS], { title: 'Backing' })),
    signal: Type.Optional(
      Type.Enum(SIGNAL_IDS, { title: 'SignalId', description: 'A signal that was raised.' }),
    ),
    label: Type.Optional(
      Type.Enum(LABELS, { description: 'A family of signals: what stands before the dot.' }),
    ),
    outcome: Type.Optional(
      Type.Enum([...OUTCOMES], {
        title: 'Outcome',
        description: 'Of a clause; with `rulebook`, of one of its clauses.',
      }),
    ),
    rulebook: Type.Optional(Type.String({ maxLength: 64 })),
    signer: Type.Optional(
      Type.String({ maxLength: 500, description: 'Name of the active manifest’s signer, whole.' }),
    ),
    from: Type.Optional(
      Type.String({ maxLength: 40, description: 'Made then or later: a day or a time, RFC 3339.' }),
    ),
    to: Type.Optional(Type.String({ maxLength: 40, description: 'Made before then.' })),
    kind: Type.Optional(Type.Enum([...KINDS], { title: 'Kind' })),
    status: Type.Optional(Type.Enum([...INSPECTION_STATUSES], { title: 'InspectionStatus' })),
    caseRef: Type.Optional(Type.String({ maxLength: deskLimits.caseRefCharacters })),
    tag: Type.Optional(Type.String({ maxLength: deskLimits.tagCharacters })),
    batch: Type.Optional(Type.String({ maxLength: 64 })),
  },
  { additionalProperties: false },
);

type ListQuery = Static<typeof ListQuerySchema>;

export function filterOf(query: ListQuery): {
  filter: InspectionFilter;
  page: { limit: number; cursor?: string };
} {
  const { limit, cursor, from, to, batch, ...same } = query;
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'string' && value.includes('\0')) throw badField(name, said('problem.field.nul'));
  }
  return {
    filter: {
      ...same,
      ...(from === undefined ? {} : { from: time('from', from) }),
      ...(to === undefined ? {} : { to: time('to', to) }),
      ...(batch === undefined ? {} : { batchId: batch }),
    },
    page: pageIn(compact({ limit, cursor })),
  };
}

const FORM = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** RFC 3339, a day or a time, as it is kept. */
export function time(field: string, value: string): string {
  const millis = FORM.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(millis)) throw badField(field, said('problem.field.time'));
  return new Date(millis).toISOString();
}
