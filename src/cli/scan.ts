import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { readConfig } from '../config.js';
import { ENGINE_CHOICES, type EngineChoice } from '../core/c2pa/engine.js';
import type { Kind } from '../core/media-types.js';
import { ROLES, type Role } from '../core/rule-terms.js';
import type { Personal } from '../core/signal.js';
import { Confinement } from '../isolation/confinement.js';
import { createInspector } from '../isolation/pool.js';
import type { ArchiveKind } from '../scan/archives/kinds.js';
import { conditionOf } from '../scan/conditions.js';
import { COLUMN_NAMES, type ColumnName } from '../scan/csv.js';
import { Elsewhere } from '../scan/elsewhere.js';
import type { Found } from '../scan/entry.js';
import { Filter } from '../scan/filter.js';
import { FORM_NAMES, type FormName } from '../scan/forms.js';
import type { Header } from '../scan/header.js';
import type { Plan } from '../scan/plan.js';
import { REDO_CHOICES, type RedoChoice } from '../scan/redo.js';
import { type Law, rejudged } from '../scan/rejudge.js';
import type { Answer } from '../scan/results.js';
import { type ScanEnd, scan } from '../scan/scan.js';
import { versionsNow } from '../scan/versions.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { tellHeld } from './held-told.js';
import { type Io, say } from './io.js';
import { parseDate, parseInteger, parseList, parseReveal, parseRoles } from './options.js';
import { checkTogether } from './scan-check.js';
import { distribute } from './scan-distributed.js';
import { addKeptScanCommands } from './scan-kept.js';
import {
  collect,
  parseArchives,
  parseBytes,
  parseColumns,
  parseKinds,
  parseMoment,
  parseRate,
  parseRedo,
  parseScanConditions,
} from './scan-options.js';
import {
  grouped,
  lowerPriority,
  PROGRESS_CHOICES,
  Progress,
  type ProgressChoice,
  sizeOf,
  span,
} from './scan-progress.js';
import { resultsFor } from './scan-results.js';
import { countAll, dryRun, sources } from './scan-sources.js';
import { openKeptScans } from './scan-store.js';

export interface ScanOptions {
  out?: string;
  store?: boolean;
  distributed?: boolean;
  scan?: string;
  jobFiles: number;
  wait?: boolean;
  format: FormName;
  columns?: ColumnName[];
  full?: boolean;
  ordered?: boolean;
  resume?: boolean;
  overwrite?: boolean;
  byContent?: boolean;
  recheck?: RedoChoice[];
  filesFrom?: string;
  nul?: boolean;
  include?: string[];
  exclude?: string[];
  type?: Kind[];
  minSize?: number;
  maxSize?: number;
  newerThan?: number;
  hidden?: boolean;
  followSymlinks?: boolean;
  archives?: ArchiveKind[];
  asOf?: string;
  rulebooks?: string[];
  jurisdiction?: string[];
  role?: Role[];
  engine: EngineChoice;
  deep?: boolean;
  reveal?: Personal[];
  jobs?: number;
  throttle?: number;
  nice?: number;
  limit?: number;
  dryRun?: boolean;
  failOn?: string[];
  progress: ProgressChoice;
}

const MOST_JOBS = 256;
const MOST_JOB_FILES = 1_000;
const USUAL_JOB_FILES = 500;

export function addScanCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const command = program
    .command('scan')
    .description('report on every file of folders, one record a file')
    .argument('[path...]', 'files, folders, patterns in quotes, or s3://bucket/prefix')
    .option('--out <file>', 'write the records there (default: stdout); needed to resume')
    .option('--store', 'keep the records in the database (DATABASE_URL, or SQLite in ASSAY_DATA_DIR)')
    .option('--distributed', 'hand the files out to `assay worker`s on the same PostgreSQL (DATABASE_URL)')
    .option('--scan <id>', 'with --store or --distributed: go on with that scan')
    .option(
      '--job-files <count>',
      'with --distributed: files of one job',
      parseInteger(1, MOST_JOB_FILES),
      USUAL_JOB_FILES,
    )
    .option('--wait', 'with --distributed: until the last file has its record')
    .addOption(
      new Option('--format <form>', 'records as lines, a table, or one document')
        .choices(FORM_NAMES)
        .default('ndjson'),
    )
    .option('--columns <names>', `of the table, any of: ${COLUMN_NAMES.join(', ')}`, parseColumns)
    .option('--files-from <list>', 'also the files named in a list, - for standard input')
    .option('-0, --nul', 'names in the list end with NUL instead of a line end')
    .option('--include <pattern>', 'only files that match; may be given again', collect)
    .option('--exclude <pattern>', 'no file or folder that matches; may be given again', collect)
    .option('--type <kinds>', 'only these: image, video, audio, document, other', parseKinds)
    .option('--min-size <bytes>', 'only files at least so large, as 10k, 2M, 1G', parseBytes)
    .option('--max-size <bytes>', 'only files at most so large', parseBytes)
    .option(
      '--newer-than <when>',
      'only files changed since a day, a time, or within 36h, 7d, 2w',
      parseMoment,
    )
    .option('--hidden', 'also files and folders whose name begins with a dot')
    .option('--follow-symlinks', 'also what symbolic links lead to')
    .option('--archives <kinds>', 'also files inside of archives: zip, tar (.tar.gz too)', parseArchives)
    .option('--full', 'the whole Report in every record')
    .option('--ordered', 'records in the order the files are found')
    .option('--resume', 'go on with --out where it ended, finished or not')
    .option('--overwrite', 'begin --out anew')
    .option('--by-content', 'with --resume: a file with a new date and the same bytes is done')
    .option(
      '--recheck <parts>',
      `with --resume: again what a changed part touches: ${REDO_CHOICES.join(', ')}`,
      parseRedo,
    )
    .option(
      '--rulebooks <ids>',
      'ask these rulebooks, with commas between them; `all` (default: none)',
      parseList,
    )
    .option('--jurisdiction <codes>', 'ask the rulebooks of these, as CN,EU,US-CA', parseList)
    .option('--role <roles>', `only clauses that bind: ${ROLES.join(', ')}`, parseRoles)
    .option(
      '--as-of <date>',
      'the day the rules are asked about, as YYYY-MM-DD (default: today, UTC)',
      parseDate,
    )
    .addOption(new Option('--engine <name>', 'C2PA engine').choices(ENGINE_CHOICES).default('auto'))
    .option('--deep', 'also look at the pixels (slower)')
    .option(
      '--reveal <kinds>',
      'show personal data that is masked otherwise: location, serial, names',
      parseReveal,
    )
    .option(
      '--jobs <count>',
      'files read at the same time (default: one more than cores)',
      parseInteger(1, MOST_JOBS),
    )
    .option('--throttle <rate>', 'begin at most so many files a second', parseRate)
    .option('--nice <level>', 'run at a lower priority, 1 to 19', parseInteger(1, 19))
    .option('--limit <count>', 'read at most so many files', parseInteger(1, 999_999_999))
    .option('--dry-run', 'only count what would be read')
    .option(
      '--fail-on <conditions>',
      'exit with 1 when a file raises a signal, meets an outcome or a condition',
      parseScanConditions,
    )
    .addOption(
      new Option('--progress <form>', 'progress on stderr').choices(PROGRESS_CHOICES).default('auto'),
    )
    .addHelpText('after', HELP_END)
    .action(async (paths: string[], options: ScanOptions) => finish(await runScan(paths, options, io)));
  // What follows the name of a command below is that command's, --out and --format too.
  addKeptScanCommands(command.enablePositionalOptions(), io, finish);
}

async function runScan(paths: string[], options: ScanOptions, io: Io): Promise<ExitCode> {
  checkTogether(paths, options);
  const filter = new Filter(filterOptions(options));
  const elsewhere = new Elsewhere(io);
  try {
    return await runOver(
      () => sources(paths, options, { filter, elsewhere }, io),
      { paths, options, filter },
      io,
    );
  } finally {
    elsewhere.end();
  }
}

const filterOptions = (options: ScanOptions): Plan['filter'] => ({
  ...(options.include && { include: options.include }),
  ...(options.exclude && { exclude: options.exclude }),
  ...(options.type && { types: options.type }),
  ...(options.minSize !== undefined && { minBytes: options.minSize }),
  ...(options.maxSize !== undefined && { maxBytes: options.maxSize }),
  ...(options.newerThan !== undefined && { newerThan: options.newerThan }),
  ...(options.archives && { archives: options.archives }),
});

async function runOver(
  found: () => AsyncGenerator<Found>,
  { paths, options, filter }: { paths: string[]; options: ScanOptions; filter: Filter },
  io: Io,
): Promise<ExitCode> {
  if (options.dryRun) return dryRun(found(), filter, options, io);
  if (options.nice !== undefined) lowerPriority(options.nice);

  const rulebooks = await chosenRulebooks(options);
  const { trustDir, sandbox } = readConfig(io.env);
  const versions = await versionsNow(trustDir, rulebooks);
  const asOf = options.asOf ?? new Date().toISOString().slice(0, 10);
  if (options.distributed) {
    const header = headerFor(paths, options, {}, { versions, asOf });
    return runDistributed(found(), { options, filter, header, rulebooks }, io);
  }
  const results = await resultsFor(options, { versions, asOf }, io);
  const jobs = options.jobs ?? availableParallelism() + 1;
  const header = headerFor(paths, options, results, { versions, asOf });
  await results.begin(header);

  const inspector = createInspector({
    ahead: true,
    jobs,
    trustDir,
    confinement: new Confinement({ sandbox }),
  });
  const tellNoMore = tellHeld(io);
  const stop = () => void inspector.close();
  io.interrupted?.addEventListener('abort', stop, { once: true });
  const progress = new Progress(options.progress, io, process.stderr.isTTY === true);
  const met = new Map<string, number>();
  const anew = { files: 0, differ: 0 };
  const begun = performance.now();
  try {
    // Counted beside the reading, and only for whoever looks on; a list can be read once, and archives take long.
    if (progress.shown && options.filesFrom === undefined && options.archives === undefined)
      void countAll(found(), filter, progress, options.limit);
    const { engine, deep, role, reveal } = options;
    const law = await lawOf(header, rulebooks, role);
    const end = await scan({
      found: found(),
      filter,
      inspector,
      ask: {
        asOf: header.asOf,
        asOfBecause: header.asOfBecause,
        engine,
        rulebooks,
        ...(deep !== undefined && { deep }),
        ...(role !== undefined && { roles: role }),
        ...(reveal !== undefined && { reveal }),
      },
      results,
      full: options.full === true,
      ordered: options.ordered === true,
      jobs,
      ...(options.limit !== undefined && { limit: options.limit }),
      ...(options.throttle !== undefined && { perSecond: options.throttle }),
      ...(io.interrupted !== undefined && { interrupted: io.interrupted }),
      rejudge: (record) => rejudged(record, law),
      onAnswer: (answer) => {
        const takeBack = progress.take(answer);
        const words = conditionsMet(answer, options.failOn);
        const count = (step: 1 | -1) => {
          for (const word of words) met.set(word, (met.get(word) ?? 0) + step);
        };
        count(1);
        // Nothing of the answer itself is held as long as its process lives.
        return () => {
          takeBack();
          count(-1);
        };
      },
      onAnew: (differs) => {
        anew.files += 1;
        if (differs) anew.differ += 1;
      },
      onSkipped: () => {
        progress.skipped += 1;
      },
    });
    const seconds = Math.round((performance.now() - begun) / 10) / 100;
    if (end === 'done') {
      await results.finish({ schema: 'assay.scan-summary/1', ended: new Date().toISOString(), seconds });
    } else await results.leave();
    progress.end();
    return told(end, { id: header.scan, options, progress, met, anew, seconds }, io);
  } catch (error) {
    progress.end();
    await results.leave();
    throw error;
  } finally {
    tellNoMore();
    io.interrupted?.removeEventListener('abort', stop);
    await inspector.close();
  }
}

async function runDistributed(
  found: AsyncGenerator<Found>,
  {
    options,
    filter,
    header,
    rulebooks,
  }: { options: ScanOptions; filter: Filter; header: Header; rulebooks: string[] },
  io: Io,
): Promise<ExitCode> {
  const { engine, deep, role, reveal, scan: scanId, limit, hidden = false, full = false } = options;
  const { asOf, asOfBecause } = header;
  const ask = {
    asOf,
    asOfBecause,
    engine,
    rulebooks,
    ...(deep !== undefined && { deep }),
    ...(role !== undefined && { roles: role }),
    ...(reveal !== undefined && { reveal }),
  };
  const kept = await openKeptScans(io.env);
  try {
    return await distribute(
      {
        kept,
        header,
        plan: { ask, full, hidden, filter: filterOptions(options) },
        found,
        filter,
        filesPerJob: options.jobFiles,
        wait: options.wait === true,
        ...(scanId !== undefined && { scanId }),
        ...(limit !== undefined && { limit }),
      },
      io,
    );
  } finally {
    await kept.close();
  }
}

interface Told {
  /** Of the scan. */
  id: string;
  options: ScanOptions;
  progress: Progress;
  met: Map<string, number>;
  /** Read a second time for the fault of the process that had read them. */
  anew: { files: number; differ: number };
  seconds: number;
}

function told(end: ScanEnd, { id, options, progress, met, anew, seconds }: Told, io: Io): ExitCode {
  const { files, skipped, bytes, errors } = progress;
  if (options.out !== undefined || options.store) {
    const parts = [
      `${grouped(files)} ${files === 1 ? 'file' : 'files'} (${sizeOf(bytes)}) in ${span(seconds)}`,
      ...(skipped === 0 ? [] : [`${grouped(skipped)} done before`]),
      ...(errors === 0 ? [] : [`${grouped(errors)} not inspected`]),
    ];
    const where = end === 'done' ? placeOf(id, options) : restOf(id, options);
    say(io, `assay: ${end === 'done' ? '' : 'interrupted: '}${parts.join(', ')}: ${where}`);
  }
  if (anew.files > 0) say(io, `assay: ${anewWords(anew)}`);
  for (const [word, count] of met)
    if (count > 0) say(io, `assay: ${word}: ${count} ${count === 1 ? 'file' : 'files'}`);
  if (end === 'interrupted') return EXIT.interrupted;
  if ([...met.values()].some((count) => count > 0)) return EXIT.conditionMet;
  return errors > 0 ? EXIT.notAllInspected : EXIT.done;
}

/** By itself: what is given back of it holds no answer. */
function conditionsMet(answer: Answer, words: readonly string[] = []): string[] {
  return words.filter((word) => 'slim' in answer && conditionOf(word)?.(answer.slim));
}

function anewWords({ files, differ }: Told['anew']): string {
  const read = `${grouped(files)} ${files === 1 ? 'file was' : 'files were'} read again, since the process that had read`;
  const came = differ === 0 ? 'none came out otherwise' : `${grouped(differ)} came out otherwise`;
  return `${read} ${files === 1 ? 'it' : 'them'} failed on a later one; ${came}`;
}

const placeOf = (id: string, { out }: ScanOptions): string => out ?? `scan ${id}`;

function restOf(id: string, { out, format }: ScanOptions): string {
  if (out === undefined) return `go on with --scan ${id}`;
  return format === 'ndjson' ? `${out}.partial; go on with --resume` : 'nothing is kept';
}

async function lawOf({ asOf, asOfBecause }: Header, ids: string[], roles?: Role[]): Promise<Law> {
  const { loadRulebooks } = await import('../core/rulebooks/index.js');
  return { rulebooks: loadRulebooks(ids), asOf, asOfBecause, ...(roles !== undefined && { roles }) };
}

/** None unless asked for: a hundred findings a file nobody reads make most of a record. */
async function chosenRulebooks({ rulebooks, jurisdiction }: ScanOptions): Promise<string[]> {
  if (rulebooks === undefined && jurisdiction === undefined) return [];
  const ids = rulebooks?.includes('all') ? undefined : rulebooks;
  const { chooseRulebooks } = await import('../core/rulebooks/index.js');
  try {
    return chooseRulebooks({
      ...(ids === undefined ? {} : { ids }),
      ...(jurisdiction === undefined ? {} : { jurisdictions: jurisdiction }),
    }).map(({ id }) => id);
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^unknown-/.test(String(error.code))) {
      throw new UsageError(error.message, { cause: error });
    }
    throw error;
  }
}

function headerFor(
  paths: string[],
  options: ScanOptions,
  { headers = [] }: { headers?: readonly Header[] },
  { versions, asOf }: Pick<Header, 'versions' | 'asOf'>,
): Header {
  const [first] = headers;
  const records = options.full ? 'full' : 'slim';
  if (first !== undefined && first.records !== records) {
    throw new UsageError(
      `these results were begun with ${first.records} records: go on ${first.records === 'full' ? 'with' : 'without'} --full`,
    );
  }
  const { out: _, resume: __, overwrite: ___, progress: ____, ...asked } = options;
  return {
    schema: 'assay.scan/1',
    scan: first?.scan ?? randomUUID(),
    run: headers.length + 1,
    begun: new Date().toISOString(),
    asOf,
    asOfBecause: options.asOf === undefined ? 'today' : 'asked',
    records,
    sources: [...paths, ...(options.filesFrom === undefined ? [] : [`--files-from ${options.filesFrom}`])],
    options: Object.fromEntries(
      Object.entries(asked).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
    ),
    versions,
  };
}

const HELP_END = `
The first line of the results is a run header, the last a summary; between them stands one record a file,
of 128 KiB at most; what was shortened for that stands in its "cut" (--full has all of it).
While a scan runs they grow in OUT.partial, which takes the name OUT when all is scanned.
--recheck rulebooks asks the records that are there and opens no file; but on another day (--as-of) files with
Content Credentials are read again, since whether a certificate was in its time is asked of that day.
--archives looks into ZIP and tar files as into folders; a file inside is named archive.zip!/inside.jpg. What a limit,
a password or a way of packing keeps from being read is a record that says "not-checked".
s3:// reads what the credentials of the environment may read (AWS_PROFILE, AWS_ACCESS_KEY_ID, …); AWS_ENDPOINT_URL
names a server other than Amazon's. Objects are brought whole into the temporary folder (TMPDIR), one a job.

Examples:
  assay scan /archive --out results.ndjson
  assay scan /archive --out results.ndjson --resume
  assay scan 'photos/**/*.jpg' --type image --newer-than 7d --jurisdiction EU --out week.ndjson
  find . -name '*.png' -print0 | assay scan --files-from - -0 > results.ndjson`;
