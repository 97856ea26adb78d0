import Type, { type Static } from 'typebox';
import { pickFault, type ReadFault } from '../../base/fault.js';
import { ParamsSchema } from '../../base/message-schema.js';

/** Attachments that may be stored with a record: a small picture of the file and its manifest store. */
export const ATTACHMENT_KINDS = ['preview', 'manifestStore'] as const;
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];

const closed = { additionalProperties: false } as const;

/** States which attachments are stored with a record, and why a requested one is missing. */
export const RecordAttachmentsSchema = Type.Object(
  {
    preview: Type.Optional(Type.Literal(true)),
    manifestStore: Type.Optional(Type.Literal(true)),
    missing: Type.Optional(
      Type.Array(
        Type.Object(
          {
            of: Type.Enum([...ATTACHMENT_KINDS]),
            code: Type.String({ maxLength: 120 }),
            params: ParamsSchema,
          },
          closed,
        ),
        { maxItems: ATTACHMENT_KINDS.length },
      ),
    ),
  },
  { ...closed, description: 'Files stored with the record (`--keep previews,manifests`).' },
);
export type RecordAttachments = Static<typeof RecordAttachmentsSchema>;

/** Attachments on their way to the store. */
export interface AttachmentBytes {
  /** WebP of at most 320 px and `BESIDE_BOUNDS.previewBytes` bytes. */
  preview?: Uint8Array;
  /** Manifest store as in the file, without masking; it is stored encrypted only. */
  manifestStore?: Uint8Array;
}

/** Returns the record's entry for its attachments; `undefined` if none were requested or the file has none. */
export function recordAttachmentsOf(
  pieces: AttachmentBytes,
  missing: readonly { of: AttachmentKind; fault: ReadFault }[],
): RecordAttachments | undefined {
  const has = ATTACHMENT_KINDS.filter((piece) => pieces[piece] !== undefined);
  if (has.length + missing.length === 0) return undefined;
  return {
    ...Object.fromEntries(has.map((piece) => [piece, true as const])),
    ...(missing.length === 0
      ? {}
      : { missing: missing.map(({ of, fault }) => ({ of, ...pickFault(fault) })) }),
  };
}
