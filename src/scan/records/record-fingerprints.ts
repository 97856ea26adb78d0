import Type, { type Static } from 'typebox';
import { type FaultCode, pickFault } from '../../base/fault.js';
import { limits } from '../../base/limits.js';
import { ParamsSchema } from '../../base/message-schema.js';
import {
  ALL_FINGERPRINT_KINDS,
  type Fingerprint,
  type FingerprintKind,
  type Fingerprints,
} from '../../matching/fingerprint.js';
import { HASH_BITS } from '../../matching/pdq.js';

const closed = { additionalProperties: false } as const;

/** Base64 needs four characters for three bytes, padded at the end. */
const MAX_FINGERPRINT_CHARACTERS = Math.ceil(limits.fingerprintRecordBytes / 3) * 4;

const MadeSchema = Type.Object(
  {
    kind: Type.Enum([...ALL_FINGERPRINT_KINDS]),
    quality: Type.Number({
      minimum: 0,
      maximum: 100,
      description: 'Quality as computed by PDQ; 100 for a sound.',
    }),
    frames: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Only for a video: number of frames in `shelf`.' }),
    ),
    seconds: Type.Optional(
      Type.Number({ minimum: 0, description: 'Total length in seconds of a video or sound.' }),
    ),
    of: Type.Optional(
      Type.Integer({
        minimum: 1,
        description:
          'Original number of frames, or of bytes for a sound; present only if it exceeds what a record can contain.',
      }),
    ),
    shelf: Type.String({
      pattern: '^[A-Za-z0-9+/]*={0,2}$',
      minLength: 4,
      maxLength: MAX_FINGERPRINT_CHARACTERS,
      description:
        'Base64. Picture and video: PDQ of 32 bytes, for each frame the whole and then its cuts. Sound: Chromaprint, 4 bytes a value, little endian.',
    }),
  },
  closed,
);

const MissingSchema = Type.Object(
  {
    kind: Type.Enum([...ALL_FINGERPRINT_KINDS]),
    code: Type.String({ maxLength: 120 }),
    params: ParamsSchema,
  },
  closed,
);

/** Fingerprints of a file as a record stores them. */
export const RecordFingerprintsSchema = Type.Object(
  {
    made: Type.Optional(Type.Array(MadeSchema, { maxItems: limits.fingerprintRecordKinds })),
    missing: Type.Optional(
      Type.Array(MissingSchema, {
        maxItems: limits.fingerprintRecordMissing,
        description:
          'Fingerprints that could not be computed, and the reasons; searches cannot find the file by them.',
      }),
    ),
    partly: Type.Optional(
      Type.Array(MissingSchema, {
        maxItems: limits.fingerprintRecordKinds,
        description: 'Fingerprints computed from only a part of the file, and the reasons.',
      }),
    ),
  },
  {
    ...closed,
    description: 'Fingerprints with which other files are compared (`--keep fingerprints`, docs/match.md).',
  },
);
export type RecordFingerprints = Static<typeof RecordFingerprintsSchema>;

const FINGERPRINT_BYTES = HASH_BITS / 8;

/** Returns the fingerprints as a record stores them, within its limits and without the query variants. */
export function toRecordFingerprints({ made, missing, partly = [] }: Fingerprints): RecordFingerprints {
  const kept = made
    .filter(({ shelf }) => shelf.length > 0)
    .slice(0, limits.fingerprintRecordKinds)
    .map(toStoredFingerprint);
  const bare = ({ kind, ...fault }: Fingerprints['missing'][number]) => ({ kind, ...pickFault(fault) });
  const left = missing.slice(0, limits.fingerprintRecordMissing).map(bare);
  const parts = partly.slice(0, limits.fingerprintRecordKinds).map(bare);
  return {
    ...(kept.length === 0 ? {} : { made: kept }),
    ...(left.length === 0 ? {} : { missing: left }),
    ...(parts.length === 0 ? {} : { partly: parts }),
  };
}

function toStoredFingerprint(fingerprint: Fingerprint): NonNullable<RecordFingerprints['made']>[number] {
  const { kind, quality, seconds, frames } = fingerprint;
  const { shelf, of } = kind === 'sound' ? truncateSound(fingerprint) : sampleFrames(fingerprint);
  const left = kind === 'sound' ? undefined : of;
  return {
    kind,
    quality,
    ...(kind === 'video' ? { frames: left === undefined ? frames : framesIn(shelf, fingerprint) } : {}),
    ...(seconds === undefined ? {} : { seconds }),
    ...(of === undefined ? {} : { of }),
    shelf: Buffer.from(shelf).toString('base64'),
  };
}

const bytesOfFrame = ({ shelf, frames }: Pick<Fingerprint, 'shelf' | 'frames'>): number =>
  Math.max(FINGERPRINT_BYTES, Math.floor(shelf.length / Math.max(1, frames)));

const framesIn = (shelf: Uint8Array, whole: Fingerprint): number => shelf.length / bytesOfFrame(whole);

/** Samples frames across the whole video instead of keeping its beginning. */
function sampleFrames(fingerprint: Fingerprint): { shelf: Uint8Array; of?: number } {
  const { shelf, frames } = fingerprint;
  if (shelf.length <= limits.fingerprintRecordBytes) return { shelf };
  const size = bytesOfFrame(fingerprint);
  const room = Math.floor(limits.fingerprintRecordBytes / size);
  const some = new Uint8Array(room * size);
  for (let at = 0; at < room; at += 1) {
    const frame = Math.floor((at * frames) / room);
    some.set(shelf.subarray(frame * size, (frame + 1) * size), at * size);
  }
  return { shelf: some, of: frames };
}

function truncateSound({ shelf }: Fingerprint): { shelf: Uint8Array; of?: number } {
  if (shelf.length <= limits.fingerprintRecordBytes) return { shelf };
  return { shelf: shelf.subarray(0, limits.fingerprintRecordBytes), of: shelf.length };
}

/** Stored fingerprint of one kind. */
export interface StoredFingerprint {
  kind: FingerprintKind;
  frames: number;
  seconds?: number;
  shelf: Uint8Array;
}

/**
 * Decodes the fingerprints of a record. Those with an invalid length are dropped, because anyone may have written the
 * line.
 */
export function decodeFingerprints({ made = [] }: RecordFingerprints): StoredFingerprint[] {
  return made.flatMap(({ kind, frames = 1, seconds, shelf: text }) => {
    const shelf = Buffer.from(text, 'base64');
    const size = kind === 'sound' ? 4 : FINGERPRINT_BYTES * frames;
    if (shelf.length === 0 || shelf.length % size !== 0) return [];
    return [{ kind, frames, shelf, ...(seconds === undefined ? {} : { seconds }) }];
  });
}

/** Returns the fingerprints of a record in the form of the store, without query variants. */
export function toFingerprintSet(record: RecordFingerprints): Fingerprints {
  const { made = [], missing = [], partly = [] } = record;
  const qualities = new Map(made.map(({ kind, quality }) => [kind, quality]));
  return {
    made: decodeFingerprints(record).map((one) => ({
      ...one,
      quality: qualities.get(one.kind) ?? 0,
      query: new Uint8Array(),
    })),
    missing: missing.map(whyIn),
    ...(partly.length === 0 ? {} : { partly: partly.map(whyIn) }),
  };
}

const whyIn = ({ kind, code, params }: NonNullable<RecordFingerprints['missing']>[number]) => ({
  ...{ kind, code: code as FaultCode },
  ...(params === undefined ? {} : { params }),
});
