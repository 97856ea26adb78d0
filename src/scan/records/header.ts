import Type, { type Static } from 'typebox';
import { OUTCOMES } from '../../core/report/finding-schema.js';
import { ORIGINS, PRESENCES } from '../../core/report/report.js';
import { ExclusionCountsSchema } from '../sources/exclusions.js';
import { CHANGE_GROUPS, type ChangeGroup } from './change-groups.js';

/** First and last line of a scan's results; each further run on the same results begins with a header too. */

const closed = { additionalProperties: false } as const;
const count = Type.Integer({ minimum: 0 });
const counts = Type.Record(Type.String(), count);

export const VersionsSchema = Type.Object(
  {
    assay: Type.String(),
    engines: Type.Array(Type.String(), { description: 'Name and version.' }),
    lists: Type.Array(Type.String(), { description: 'Installed trust lists, each with its sha256.' }),
    rulebooks: Type.Array(Type.String(), { description: 'Id and edition of the requested rulebooks.' }),
    programs: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Programs that unpack archives, with their versions, if unpacking was requested.',
      }),
    ),
  },
  closed,
);
export type ScanVersions = Static<typeof VersionsSchema>;

export const HeaderSchema = Type.Object(
  {
    schema: Type.Literal('assay.scan/1'),
    scan: Type.String({ description: 'Random id of the scan, the same in every run on these results.' }),
    run: Type.Integer({ minimum: 1 }),
    begun: Type.String({ description: 'RFC 3339, UTC.' }),
    asOf: Type.String({ description: 'Day for which the rules were evaluated.' }),
    asOfSource: Type.Enum(['requested', 'today']),
    sources: Type.Array(Type.String(), {
      description: 'Sources as given by the caller; a list of files is given by its name.',
    }),
    options: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
      description: 'Other requested options, as given by the caller.',
    }),
    versions: VersionsSchema,
    clauses: Type.Optional(
      Type.Record(Type.String(), Type.Record(Type.String(), Type.String()), {
        description:
          'For each requested rulebook: the clause of each rule, because records contain only rule ids.',
      }),
    ),
  },
  { ...closed, $id: 'ScanHeader' },
);
export type Header = Static<typeof HeaderSchema>;

export const TallySchema = Type.Object(
  {
    files: {
      ...count,
      description: 'Number of records, including those of files that could not be inspected.',
    },
    bytes: count,
    errors: counts,
    duplicates: {
      ...count,
      description: 'Files with the same bytes as an earlier file (`duplicateOf`).',
    },
    hardLinks: Type.Optional({
      ...count,
      description: 'Further names of files (`linkOf`), which take no disk space; not counted as duplicates.',
    }),
    sidecars: Type.Optional({
      ...count,
      description: 'Sidecar files, read together with their files; they have no records of their own.',
    }),
    gone: Type.Optional({
      ...count,
      description: 'Records of files that no longer exist; not included in the other counts.',
    }),
    unread: {
      ...count,
      description: 'Files that were inspected but not read completely: their `coverage` is not `complete`.',
    },
    origins: {
      ...Type.Partial(Type.Record(Type.Enum([...ORIGINS]), count)),
      description:
        '`unknown`: nothing was found, but part of the file was not read; never counted as `none`.',
    },
    credentials: Type.Partial(Type.Record(Type.Enum([...PRESENCES]), count)),
    integrity: counts,
    contradictions: count,
    inside: Type.Optional(
      Type.Partial(Type.Record(Type.Enum(['files', 'aiFiles', 'parts', 'ai', 'unread']), count), {
        description:
          'Counts of embedded parts. `files`: files with parts; `aiFiles`: files with a part that mentions AI; `parts`: all parts; `ai`: parts that mention AI; `unread`: parts that could not be inspected.',
      }),
    ),
    outcomes: Type.Record(Type.String(), Type.Partial(Type.Record(Type.Enum([...OUTCOMES]), count)), {
      description: 'Number of clauses by rulebook and outcome, over all files.',
    }),
  },
  closed,
);
export type Tally = Static<typeof TallySchema>;

const ChangeCountsSchema = Type.Object(
  Object.fromEntries(CHANGE_GROUPS.map((group) => [group, count])) as Record<ChangeGroup, typeof count>,
  {
    ...closed,
    description: 'Number of files by the change that the last run found, if there was an earlier run.',
  },
);

export const SummarySchema = Type.Object(
  {
    schema: Type.Literal('assay.scan-summary/1'),
    ended: Type.String({ description: 'RFC 3339, UTC.' }),
    seconds: Type.Number({ description: 'Duration of the last run, in seconds.' }),
    tally: TallySchema,
    changes: Type.Optional(ChangeCountsSchema),
    leftOut: Type.Optional({
      ...ExclusionCountsSchema,
      description:
        'Files and folders that the last run found and excluded, by reason; each of the `folders` counts once, with everything below it.',
    }),
  },
  { ...closed, $id: 'ScanSummary' },
);
export type ScanSummary = Static<typeof SummarySchema>;
