import Type, { type Static } from 'typebox';
import { bareFault, type FaultCode } from '../core/ground/fault.js';
import { limits } from '../core/ground/limits.js';
import { ParamsSchema } from '../core/ground/told.js';
import {
  LIKENESS_KINDS,
  type Likeness,
  type Likenesses,
  type LikenessKind,
} from '../core/likeness/likeness.js';
import { FINGERPRINT_BITS } from '../core/likeness/pdq.js';

const closed = { additionalProperties: false } as const;

/** A quarter of base64 is lost, and the end is filled up. */
const SHELF_CHARACTERS = Math.ceil(limits.likenessRecordBytes / 3) * 4;

const MadeSchema = Type.Object(
  {
    kind: Type.Enum([...LIKENESS_KINDS]),
    quality: Type.Number({ minimum: 0, maximum: 100, description: 'PDQ’s own; 100 of a sound.' }),
    frames: Type.Optional(Type.Integer({ minimum: 1, description: 'Of a video: as many stand in `shelf`.' })),
    seconds: Type.Optional(Type.Number({ minimum: 0, description: 'Of a video or sound, in all.' })),
    of: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'Frames, or bytes of a sound, that there were: more than a record has room for.',
      }),
    ),
    shelf: Type.String({
      pattern: '^[A-Za-z0-9+/]*={0,2}$',
      minLength: 4,
      maxLength: SHELF_CHARACTERS,
      description:
        'Base64. Picture and video: PDQ of 32 bytes, for each frame the whole and then its cuts. Sound: Chromaprint, 4 bytes a value, little endian.',
    }),
  },
  closed,
);

const MissingSchema = Type.Object(
  { kind: Type.Enum([...LIKENESS_KINDS]), code: Type.String({ maxLength: 120 }), params: ParamsSchema },
  closed,
);

/** What a file looks or sounds like, as a record keeps it. */
export const RecordLikenessSchema = Type.Object(
  {
    made: Type.Optional(Type.Array(MadeSchema, { maxItems: limits.likenessRecordKinds })),
    missing: Type.Optional(
      Type.Array(MissingSchema, {
        maxItems: limits.likenessRecordMissing,
        description: 'What could not be made, and why: such a file is not found by its likeness.',
      }),
    ),
    partly: Type.Optional(
      Type.Array(MissingSchema, {
        maxItems: limits.likenessRecordKinds,
        description: 'What was made of a part of the file alone, and why.',
      }),
    ),
  },
  { ...closed, description: 'What others are held against (`--fingerprints`, docs/match.md).' },
);
export type RecordLikeness = Static<typeof RecordLikenessSchema>;

const FINGERPRINT_BYTES = FINGERPRINT_BITS / 8;

/** As a record keeps it: without what is asked with, and within its bounds. */
export function keptLikeness({ made, missing, partly = [] }: Likenesses): RecordLikeness {
  const kept = made
    .filter(({ shelf }) => shelf.length > 0)
    .slice(0, limits.likenessRecordKinds)
    .map(keptOf);
  const bare = ({ kind, ...fault }: Likenesses['missing'][number]) => ({ kind, ...bareFault(fault) });
  const left = missing.slice(0, limits.likenessRecordMissing).map(bare);
  const parts = partly.slice(0, limits.likenessRecordKinds).map(bare);
  return {
    ...(kept.length === 0 ? {} : { made: kept }),
    ...(left.length === 0 ? {} : { missing: left }),
    ...(parts.length === 0 ? {} : { partly: parts }),
  };
}

function keptOf(likeness: Likeness): NonNullable<RecordLikeness['made']>[number] {
  const { kind, quality, seconds, frames } = likeness;
  const { shelf, of } = kind === 'sound' ? soundWithin(likeness) : framesWithin(likeness);
  const left = kind === 'sound' ? undefined : of;
  return {
    kind,
    quality,
    ...(kind === 'video' ? { frames: left === undefined ? frames : framesIn(shelf, likeness) } : {}),
    ...(seconds === undefined ? {} : { seconds }),
    ...(of === undefined ? {} : { of }),
    shelf: Buffer.from(shelf).toString('base64'),
  };
}

const bytesOfFrame = ({ shelf, frames }: Pick<Likeness, 'shelf' | 'frames'>): number =>
  Math.max(FINGERPRINT_BYTES, Math.floor(shelf.length / Math.max(1, frames)));

const framesIn = (shelf: Uint8Array, whole: Likeness): number => shelf.length / bytesOfFrame(whole);

/** Frames all along the video rather than its beginning. */
function framesWithin(likeness: Likeness): { shelf: Uint8Array; of?: number } {
  const { shelf, frames } = likeness;
  if (shelf.length <= limits.likenessRecordBytes) return { shelf };
  const size = bytesOfFrame(likeness);
  const room = Math.floor(limits.likenessRecordBytes / size);
  const some = new Uint8Array(room * size);
  for (let at = 0; at < room; at += 1) {
    const frame = Math.floor((at * frames) / room);
    some.set(shelf.subarray(frame * size, (frame + 1) * size), at * size);
  }
  return { shelf: some, of: frames };
}

function soundWithin({ shelf }: Likeness): { shelf: Uint8Array; of?: number } {
  if (shelf.length <= limits.likenessRecordBytes) return { shelf };
  return { shelf: shelf.subarray(0, limits.likenessRecordBytes), of: shelf.length };
}

/** One kind of it, as others are held against it. */
export interface ShelfOf {
  kind: LikenessKind;
  frames: number;
  seconds?: number;
  shelf: Uint8Array;
}

/** What a record keeps, back again; lengths that no likeness has are left out: anyone may have written the line. */
export function shelvesIn({ made = [] }: RecordLikeness): ShelfOf[] {
  return made.flatMap(({ kind, frames = 1, seconds, shelf: text }) => {
    const shelf = Buffer.from(text, 'base64');
    const size = kind === 'sound' ? 4 : FINGERPRINT_BYTES * frames;
    if (shelf.length === 0 || shelf.length % size !== 0) return [];
    return [{ kind, frames, shelf, ...(seconds === undefined ? {} : { seconds }) }];
  });
}

/** The same as a store takes it: without what is asked with. */
export function likenessesIn(record: RecordLikeness): Likenesses {
  const { made = [], missing = [], partly = [] } = record;
  const qualities = new Map(made.map(({ kind, quality }) => [kind, quality]));
  return {
    made: shelvesIn(record).map((one) => ({
      ...one,
      quality: qualities.get(one.kind) ?? 0,
      query: new Uint8Array(),
    })),
    missing: missing.map(whyIn),
    ...(partly.length === 0 ? {} : { partly: partly.map(whyIn) }),
  };
}

const whyIn = ({ kind, code, params }: NonNullable<RecordLikeness['missing']>[number]) => ({
  ...{ kind, code: code as FaultCode },
  ...(params === undefined ? {} : { params }),
});
