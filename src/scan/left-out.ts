import Type, { type Static } from 'typebox';

/** Why something that a scan came upon is no record of it. */
export const LEFT_OUT_BY = [
  'hidden',
  'excluded',
  'ignoreFile',
  'notIncluded',
  'kind',
  'size',
  'time',
  'link',
  'otherFileSystem',
  'circle',
  'special',
] as const;
export type LeftOutBy = (typeof LEFT_OUT_BY)[number];

const countsBy = Type.Partial(Type.Record(Type.Enum([...LEFT_OUT_BY]), Type.Integer({ minimum: 0 })));
export const LeftOutSchema = Type.Object(
  { files: Type.Optional(countsBy), folders: Type.Optional(countsBy) },
  { additionalProperties: false },
);
export type LeftOutCounts = Static<typeof LeftOutSchema>;

/** What one run came upon and did not read, as it was asked: counted, since nobody else would know of it. */
export class LeftOut {
  readonly #files = new Map<LeftOutBy, number>();
  readonly #folders = new Map<LeftOutBy, number>();
  /** Ignore files that were met and not followed. */
  ignoreFiles = 0;

  file(by: LeftOutBy): void {
    this.#files.set(by, (this.#files.get(by) ?? 0) + 1);
  }

  /** With all that is below it, which nobody has counted. */
  folder(by: LeftOutBy): void {
    this.#folders.set(by, (this.#folders.get(by) ?? 0) + 1);
  }

  /** Undefined where nothing was. */
  get counts(): LeftOutCounts | undefined {
    if (this.#files.size === 0 && this.#folders.size === 0) return undefined;
    return {
      ...(this.#files.size > 0 && { files: sorted(this.#files) }),
      ...(this.#folders.size > 0 && { folders: sorted(this.#folders) }),
    };
  }
}

const sorted = (counts: ReadonlyMap<LeftOutBy, number>): NonNullable<LeftOutCounts['files']> =>
  Object.fromEntries(LEFT_OUT_BY.flatMap((by) => (counts.has(by) ? [[by, counts.get(by)]] : [])));
