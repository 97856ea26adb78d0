import Type, { type Static } from 'typebox';
import { bareFault, type ReadFault } from '../core/ground/fault.js';
import { ParamsSchema } from '../core/ground/told.js';

/** What may be kept beside a record: a small picture of the file, and its manifest store. */
export const BESIDE_PIECES = ['preview', 'manifestStore'] as const;
export type BesidePiece = (typeof BESIDE_PIECES)[number];

const closed = { additionalProperties: false } as const;

/** What is kept beside the record of a file, where it was asked for, and why not where it is not. */
export const RecordKeptSchema = Type.Object(
  {
    preview: Type.Optional(Type.Literal(true)),
    manifestStore: Type.Optional(Type.Literal(true)),
    missing: Type.Optional(
      Type.Array(
        Type.Object(
          { of: Type.Enum([...BESIDE_PIECES]), code: Type.String({ maxLength: 120 }), params: ParamsSchema },
          closed,
        ),
        { maxItems: BESIDE_PIECES.length },
      ),
    ),
  },
  { ...closed, description: 'Kept beside the record (`--previews`, `--keep-manifests`).' },
);
export type RecordKept = Static<typeof RecordKeptSchema>;

/** The pieces themselves, on their way to where they are kept. */
export interface BesideAnswer {
  /** WebP, 320 px at most; `BESIDE_BOUNDS.previewBytes` at most. */
  preview?: Uint8Array;
  /** As it stands in the file, unmasked: kept sealed alone. */
  manifestStore?: Uint8Array;
}

/** What a record says of them. Undefined where nothing was asked for, or there was nothing to keep. */
export function keptTold(
  pieces: BesideAnswer,
  missing: readonly { of: BesidePiece; fault: ReadFault }[],
): RecordKept | undefined {
  const has = BESIDE_PIECES.filter((piece) => pieces[piece] !== undefined);
  if (has.length + missing.length === 0) return undefined;
  return {
    ...Object.fromEntries(has.map((piece) => [piece, true as const])),
    ...(missing.length === 0
      ? {}
      : { missing: missing.map(({ of, fault }) => ({ of, ...bareFault(fault) })) }),
  };
}
