import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { fromRecordPath } from '../../base/path-text.js';
import { MEDIA_KINDS } from '../../core/media/media-kinds.js';
import type { ResolvedOptions } from '../../inspect/options/resolved.js';
import { RESOLVED_OPTION_PROPERTIES } from '../../inspect/options/schemas.js';
import { KEEP_CHOICES } from '../fingerprints/fingerprint-maker.js';
import { type ScanVersions, VersionsSchema } from '../records/header.js';
import { ARCHIVE_KINDS } from '../sources/archive-kinds.js';

const closed = { additionalProperties: false } as const;
const patterns = Type.Optional(Type.Array(Type.String()));

/** Plan of a distributed scan for workers on other machines. */
export const ScanPlanSchema = Type.Object(
  {
    ask: Type.Unsafe<ResolvedOptions>(Type.Object(RESOLVED_OPTION_PROPERTIES, closed)),
    full: Type.Boolean(),
    /** Attachments stored with each record. */
    keep: Type.Optional(Type.Array(Type.Enum([...KEEP_CHOICES]))),
    /** Id of the key that encrypts manifest stores. */
    manifestKey: Type.Optional(Type.String({ maxLength: 64 })),
    hidden: Type.Boolean(),
    /** Folders given to the scan; a machine on which one of them is not mounted reads none of its files. */
    roots: Type.Optional(Type.Array(Type.String())),
    filter: Type.Object(
      {
        include: patterns,
        exclude: patterns,
        types: Type.Optional(Type.Array(Type.Enum([...MEDIA_KINDS]))),
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
export type ScanPlan = Static<typeof ScanPlanSchema>;

const ofFile = [
  Type.String(),
  Type.Number(),
  Type.Number(),
  Type.Union([Type.String(), Type.Null()]),
] as const;

/**
 * Files of one job: path, bytes, last change (milliseconds since 1970), and the ETag of an object; base64 of the path's
 * bytes if they are not UTF-8.
 */
export const JobFileListSchema = Type.Array(
  Type.Union([Type.Tuple([...ofFile]), Type.Tuple([...ofFile, Type.String()])]),
);
export type JobFileList = Static<typeof JobFileListSchema>;

const planCheck = Compile(ScanPlanSchema);
const jobFileListCheck = Compile(JobFileListSchema);

/** Returns `undefined` if the value is invalid, for example because another version of Assay wrote it. */
export function parsePlan(text: string | undefined): ScanPlan | undefined {
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  return planCheck.Check(value) ? value : undefined;
}

const versionsCheck = Compile(VersionsSchema);

/** Returns `undefined` if the value is invalid. */
export const parseVersions = (value: unknown): ScanVersions | undefined =>
  versionsCheck.Check(value) ? value : undefined;

/** Returns the path of a file of the job. */
export const jobFilePath = ([path, , , , pathBytes]: JobFileList[number]): string =>
  fromRecordPath({ path, pathBytes });

export const parseJobFileList = (value: unknown): JobFileList | undefined =>
  jobFileListCheck.Check(value) ? value : undefined;
