import Type, { type Static } from 'typebox';

/** Reasons why a file or folder found by a scan has no record. */
export const EXCLUSION_REASONS = [
  'hidden',
  'excluded',
  'notIncluded',
  'kind',
  'size',
  'time',
  'link',
  'circle',
  'special',
] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

const countsBy = Type.Partial(Type.Record(Type.Enum([...EXCLUSION_REASONS]), Type.Integer({ minimum: 0 })));
export const ExclusionCountsSchema = Type.Object(
  { files: Type.Optional(countsBy), folders: Type.Optional(countsBy) },
  { additionalProperties: false },
);
export type ExclusionCounts = Static<typeof ExclusionCountsSchema>;

/** Counts what one run found and excluded according to its options, since nothing else records it. */
export class Exclusions {
  readonly #files = new Map<ExclusionReason, number>();
  readonly #folders = new Map<ExclusionReason, number>();

  file(by: ExclusionReason): void {
    this.#files.set(by, (this.#files.get(by) ?? 0) + 1);
  }

  /** Counts a folder once for everything below it, which is not visited. */
  folder(by: ExclusionReason): void {
    this.#folders.set(by, (this.#folders.get(by) ?? 0) + 1);
  }

  /** Counts by reason; `undefined` if nothing was excluded. */
  get counts(): ExclusionCounts | undefined {
    if (this.#files.size === 0 && this.#folders.size === 0) return undefined;
    return {
      ...(this.#files.size > 0 && { files: inReasonOrder(this.#files) }),
      ...(this.#folders.size > 0 && { folders: inReasonOrder(this.#folders) }),
    };
  }
}

const inReasonOrder = (counts: ReadonlyMap<ExclusionReason, number>): NonNullable<ExclusionCounts['files']> =>
  Object.fromEntries(EXCLUSION_REASONS.flatMap((by) => (counts.has(by) ? [[by, counts.get(by)]] : [])));
