import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { pathTold } from '../core/ground/path-text.js';
import { KINDS } from '../core/media/media-kinds.js';
import type { Asked } from '../question/asked.js';
import { ASKED_PROPERTIES } from '../question/schemas.js';
import { ARCHIVE_KINDS } from './archives/kinds.js';
import { type Versions, VersionsSchema } from './header.js';

const closed = { additionalProperties: false } as const;
const patterns = Type.Optional(Type.Array(Type.String()));

/** What a scan is to do with its files, for workers on other machines. */
export const PlanSchema = Type.Object(
  {
    ask: Type.Unsafe<Asked>(Type.Object(ASKED_PROPERTIES, closed)),
    full: Type.Boolean(),
    sniff: Type.Optional(Type.Boolean()),
    /** What each file looks or sounds like is kept with its record. */
    fingerprints: Type.Optional(Type.Boolean()),
    /** And a small picture of it. */
    previews: Type.Optional(Type.Boolean()),
    /** And its manifest store, sealed under the key of this id. */
    manifestKey: Type.Optional(Type.String({ maxLength: 64 })),
    hidden: Type.Boolean(),
    /** Folders that were named: a machine on which one is not mounted reads none of its files. */
    roots: Type.Optional(Type.Array(Type.String())),
    filter: Type.Object(
      {
        include: patterns,
        exclude: patterns,
        ignoreCase: Type.Optional(Type.Boolean()),
        types: Type.Optional(Type.Array(Type.Enum([...KINDS]))),
        minBytes: Type.Optional(Type.Number()),
        maxBytes: Type.Optional(Type.Number()),
        newerThan: Type.Optional(Type.Number()),
        archives: Type.Optional(Type.Array(Type.Enum([...ARCHIVE_KINDS]))),
      },
      closed,
    ),
  },
  closed,
);
export type Plan = Static<typeof PlanSchema>;

const ofFile = [
  Type.String(),
  Type.Number(),
  Type.Number(),
  Type.Union([Type.String(), Type.Null()]),
] as const;

/**
 * The files of one job: path, bytes, last change (milliseconds since 1970), and what a store calls that state; the path's
 * bytes in base64, where they are not UTF-8.
 */
export const WorkSchema = Type.Array(
  Type.Union([Type.Tuple([...ofFile]), Type.Tuple([...ofFile, Type.String()])]),
);
export type Work = Static<typeof WorkSchema>;

const plan = Compile(PlanSchema);
const work = Compile(WorkSchema);

/** Undefined for anything else: another version of Assay may have written it. */
export function parsePlan(text: string | undefined): Plan | undefined {
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  return plan.Check(value) ? value : undefined;
}

const versions = Compile(VersionsSchema);

/** Undefined for anything else. */
export const parseVersions = (value: unknown): Versions | undefined =>
  versions.Check(value) ? value : undefined;

/** The path of one of them. */
export const pathOfWork = ([path, , , , pathBytes]: Work[number]): string => pathTold({ path, pathBytes });

export const parseWork = (value: unknown): Work | undefined => (work.Check(value) ? value : undefined);
