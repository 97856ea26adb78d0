import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { type Config, readConfig } from '../config.js';
import { textOfPath } from '../core/ground/path-text.js';
import { KINDS } from '../core/media/media-kinds.js';
import { Confinement } from '../isolation/confinement.js';
import { createPictureMaker } from '../isolation/pictures.js';
import { createInspector } from '../isolation/pool.js';
import { optimiseLater } from '../isolation/reader-flags.js';
import { settled } from '../question/asked.js';
import type { AskedLaw } from '../question/asked-law.js';
import { type Said, said } from '../say/said.js';
import { conditionOf, rulebookIn } from '../scan/conditions.js';
import { COLUMN_NAMES } from '../scan/csv.js';
import { Elsewhere, USUAL_PREFETCH } from '../scan/elsewhere.js';
import type { Found } from '../scan/entry.js';
import type { Kept } from '../scan/file-results.js';
import type { Filter } from '../scan/filter.js';
import { FORM_NAMES } from '../scan/forms.js';
import type { Header } from '../scan/header.js';
import { Hours } from '../scan/hours.js';
import { LeftOut } from '../scan/left-out.js';
import { keepsIn } from '../scan/likeness-of.js';
import type { Plan } from '../scan/plan.js';
import { type Asked, REDO_CHOICES } from '../scan/redo.js';
import { rejudged } from '../scan/rejudge.js';
import type { Answer, Results } from '../scan/results.js';
import { GONE_CHOICES, type GoneAsked, Roots } from '../scan/roots.js';
import { type ScanEnd, scan } from '../scan/scan.js';
import { clausesIn, versionsNow } from '../scan/versions.js';
import { openSecretKeys } from '../secrets/key-file.js';
import { LOCAL_TENANT } from '../store/scopes.js';
import { takeBegun } from './begin.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { tellHeld } from './held-told.js';
import { described, endHelp } from './help.js';
import { type Io, tell } from './io.js';
import { choice, collect, parseInteger } from './options.js';
import { lawAsked, questionIn, withQuestion } from './question-options.js';
import type { ScanOptions } from './scan-asked.js';
import { checkLater, checkTogether } from './scan-check.js';
import { addKeptScanCommands } from './scan-kept.js';
import { filterOf, patternsFrom, tellLeftOut } from './scan-left-out.js';
import {
  parseArchives,
  parseBandwidth,
  parseBytes,
  parseColumns,
  parseHours,
  parseKinds,
  parseMoment,
  parseRate,
  parseRedo,
  parseScanConditions,
  parseSpan,
} from './scan-options.js';
import { lowerPriority, PROGRESS_CHOICES, Progress, sizeOf, span } from './scan-progress.js';
import { resultsFor } from './scan-results.js';
import { afterRun } from './scan-since.js';
import { countAll, dryRun, sources } from './scan-sources.js';
import { parseTenant } from './tenant.js';

const MOST_JOBS = 256;
const MOST_JOB_FILES = 1_000;
const USUAL_JOB_FILES = 500;
const MOST_PREFETCH = 1_024;

export function addScanCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const command = program
    .command('scan')
    .description(described('cli.scan.about'))
    .argument('[path...]', described('cli.scan.paths'))
    .option('--out <file>', described('cli.scan.out'))
    .option('--store', described('cli.scan.store'))
    .option('--distributed', described('cli.scan.distributed'))
    .option('--scan <id>', described('cli.scan.scan'))
    .option(
      '--job-files <count>',
      described('cli.scan.jobFiles'),
      parseInteger(1, MOST_JOB_FILES),
      USUAL_JOB_FILES,
    )
    .option('--wait', described('cli.scan.wait'))
    .addOption(choice('--format <form>', described('cli.scan.format'), FORM_NAMES).default('ndjson'))
    .option('--columns <names>', described('cli.option.columns', { names: COLUMN_NAMES }), parseColumns)
    .option('--files-from <list>', described('cli.scan.filesFrom'))
    .option('--inventory <manifest>', described('cli.scan.inventory'))
    .option('-0, --nul', described('cli.scan.nul'))
    .option('--include <pattern>', described('cli.scan.include'), collect)
    .option('--exclude <pattern>', described('cli.scan.exclude'), collect)
    .option('--exclude-from <list>', described('cli.scan.excludeFrom'), collect)
    .option('--ignore-case', described('cli.scan.ignoreCase'))
    .option('--ignore-files', described('cli.scan.ignoreFiles'))
    .option('--type <kinds>', described('cli.scan.type', { kinds: KINDS }), parseKinds)
    .option('--min-size <bytes>', described('cli.scan.minSize'), parseBytes)
    .option('--max-size <bytes>', described('cli.scan.maxSize'), parseBytes)
    .option('--newer-than <when>', described('cli.scan.newerThan'), parseMoment)
    .option('--hidden', described('cli.scan.hidden'))
    .option('--follow-symlinks', described('cli.scan.followSymlinks'))
    .option('--one-file-system', described('cli.scan.oneFileSystem'))
    .option('--sidecars', described('cli.scan.sidecars'))
    .option('--archives <kinds>', described('cli.scan.archives'), parseArchives)
    .option('--sniff', described('cli.scan.sniff'))
    .option('--full', described('cli.scan.full'))
    .option('--fingerprints', described('cli.scan.fingerprints'))
    .option('--previews', described('cli.scan.previews'))
    .option('--keep-manifests', described('cli.scan.keepManifests'))
    .option('--ordered', described('cli.scan.ordered'))
    .option('--resume', described('cli.scan.resume'))
    .option('--overwrite', described('cli.scan.overwrite'))
    .option('--by-content', described('cli.scan.byContent'))
    .option('--recheck <parts>', described('cli.scan.recheck', { parts: REDO_CHOICES }), parseRedo)
    .addOption(choice('--gone <what>', described('cli.scan.gone'), GONE_CHOICES).default('mark'))
    .option('--allow-empty', described('cli.scan.allowEmpty'))
    .option('--tenant <name>', described('cli.scan.tenant'), parseTenant)
    .option('--watch', described('cli.scan.watch'))
    .option('--every <span>', described('cli.scan.every'), parseSpan)
    .option('--webhook <url>', described('cli.scan.webhook'));
  withQuestion(command, 'scan')
    .option('--jobs <count>', described('cli.scan.jobs'), parseInteger(1, MOST_JOBS))
    .option('--throttle <rate>', described('cli.scan.throttle'), parseRate)
    .option(
      '--prefetch <count>',
      described('cli.scan.prefetch', { usual: String(USUAL_PREFETCH) }),
      parseInteger(1, MOST_PREFETCH),
    )
    .option('--prefetch-bytes <bytes>', described('cli.scan.prefetchBytes'), parseBytes)
    .option('--bandwidth <rate>', described('cli.scan.bandwidth'), parseBandwidth)
    .option('--hours <span>', described('cli.scan.hours'), parseHours)
    .option('--nice <level>', described('cli.scan.nice'), parseInteger(1, 19))
    .option('--limit <count>', described('cli.scan.limit'), parseInteger(1, 999_999_999))
    .option('--dry-run', described('cli.scan.dryRun'))
    .option('--fail-on <conditions>', described('cli.scan.failOn'), parseScanConditions)
    .addOption(choice('--progress <form>', described('cli.scan.progress'), PROGRESS_CHOICES).default('auto'))
    .action(async (paths: string[], options: ScanOptions) => {
      const run = (asked: ScanOptions, onBegun?: (scan: string) => void) =>
        runScan(paths, asked, io, onBegun);
      await checkLater(options, io);
      finish(
        options.watch
          ? await (await import('./scan-watch.js')).watchScan(options, run, io)
          : await run(options),
      );
    });
  endHelp(command, { notes: NOTES, examples: EXAMPLES });
  // What follows the name of a command below is that command's, --out and --format too.
  addKeptScanCommands(command.enablePositionalOptions(), io, finish);
}

async function runScan(
  paths: string[],
  options: ScanOptions,
  io: Io,
  onBegun: (scan: string) => void = () => {},
): Promise<ExitCode> {
  const config = readConfig(io.env);
  checkTogether(paths, options, config.lawDefaults);
  const asked = filterOptions(options);
  const filter = filterOf(asked);
  const { bandwidth, prefetchBytes: mostBytes } = options;
  const elsewhere = new Elsewhere({
    env: io.env,
    ...(io.interrupted !== undefined && { interrupted: io.interrupted }),
    bandwidth,
    mostBytes,
    denied: config.fetch.denied,
  });
  try {
    return await runOver(
      (leftOut) => sources(paths, options, { filter, elsewhere, leftOut }, io),
      { paths, options, asked, filter, onBegun },
      io,
    );
  } finally {
    elsewhere.end();
  }
}

const filterOptions = (options: ScanOptions): Plan['filter'] => ({
  ...(options.include && { include: options.include }),
  ...((options.exclude || options.excludeFrom) && {
    // The last that matches counts: what is said here takes back what a list says.
    exclude: [...(options.excludeFrom ?? []).flatMap(patternsFrom), ...(options.exclude ?? [])],
  }),
  ...(options.ignoreCase && { ignoreCase: true }),
  ...(options.type && { types: options.type }),
  ...(options.minSize !== undefined && { minBytes: options.minSize }),
  ...(options.maxSize !== undefined && { maxBytes: options.maxSize }),
  ...(options.newerThan !== undefined && { newerThan: options.newerThan }),
  ...(options.archives && { archives: options.archives }),
});

/** Those that were begun before all this was loaded are taken first. */
function readersOf(jobs: number, { trustDir, sandbox }: Config) {
  const begun = takeBegun(trustDir, sandbox);
  const confinement = begun?.confinement ?? new Confinement({ sandbox });
  const how = { ahead: true, packs: true, jobs, trustDir, confinement };
  return { inspector: createInspector({ ...how, ...(begun && { stock: begun.stock }) }), confinement };
}

async function runOver(
  found: (leftOut?: LeftOut) => AsyncGenerator<Found>,
  { paths, options, asked: asksFor, filter, onBegun }: Asks,
  io: Io,
): Promise<ExitCode> {
  const leftOut = new LeftOut();
  if (options.dryRun) return dryRun(found(leftOut), filter, { ...options, leftOut }, io);
  if (options.nice !== undefined) lowerPriority(options.nice);
  optimiseLater();

  const config = readConfig(io.env);
  const { trustDir, sandbox } = config;
  const asked = await lawOfScan(options, config);
  const { booksIn, lawFor } = await import('../core/law/asked-law.js');
  const law = lawFor(asked);
  checkConditions(options.failOn, law.inFull);
  const books = booksIn(law);
  const versions = await versionsNow(
    trustDir,
    books.map(({ id }) => id),
    { archives: options.archives !== undefined },
  );
  const clauses = clausesIn(books);
  const ask = settled(questionIn(options), asked);
  const namesOfLaw = lawOptions(options, config);
  const { asOf: day, asOfBecause: because } = ask;
  const now = {
    ...{ versions, asOf: day, asOfBecause: because },
    law: joined(namesOfLaw),
    reading: readingOptions(options),
  };
  const roots = await Roots.of({
    paths,
    filter,
    hidden: options.hidden === true,
    allowEmpty: options.allowEmpty === true,
    meetsMembers: options.archives !== undefined && !options.distributed,
  });
  for (const { path, said: why } of roots.faults) tell(io, said('scan.told', { path, why }));
  if (options.distributed) {
    const header = headerFor(paths, { ...options, ...namesOfLaw }, {}, { versions, ...clauses, ...ask });
    const parts = { options, asked: asksFor, filter, leftOut, header, ask, roots, now };
    return runDistributed(found(leftOut), parts, io);
  }
  const results = await resultsFor(options, now, io);
  const jobs = options.jobs ?? availableParallelism() + 1;
  const header = await headed(paths, { ...options, ...namesOfLaw }, results, {
    versions,
    ...clauses,
    ...ask,
  });
  onBegun(header.scan);

  const { inspector, confinement } = readersOf(jobs, config);
  // Processes of their own, which a scan without fingerprints does not start.
  const likeness = options.fingerprints
    ? createPictureMaker({ confinement: new Confinement({ sandbox }), jobs: availableParallelism() })
    : undefined;
  // What was begun may have started by now.
  const tellNoMore = tellHeld(io, { already: confinement.held });
  const stop = () => {
    void inspector.close();
    void likeness?.close();
  };
  io.interrupted?.addEventListener('abort', stop, { once: true });
  const progress = new Progress(options.progress, io, process.stderr.isTTY === true);
  const met = new Map<string, number>();
  const anew = { files: 0, differ: 0 };
  const begun = performance.now();
  try {
    // Counted beside the reading, and only for whoever looks on; a list can be read once, and archives take long.
    const isListed = options.filesFrom !== undefined || options.inventory !== undefined;
    if (progress.shown && !isListed && options.archives === undefined)
      void countAll(found(), filter, progress, options.limit);
    const { asOf, asOfBecause } = ask;
    const end = await scan({
      found: roots.watched(found(leftOut)),
      filter,
      leftOut,
      inspector,
      ask,
      results,
      full: options.full === true,
      ...(likeness && { likeness, keeps: keepsIn(options) }),
      sniff: options.sniff === true,
      prefetch: options.prefetch ?? USUAL_PREFETCH,
      ...(options.hours !== undefined && { hours: options.hours }),
      onWait: () => tell(io, said('cli.scan.waits', { hours: options.hours?.text ?? '' })),
      ordered: options.ordered === true,
      jobs,
      ...(options.limit !== undefined && { limit: options.limit }),
      ...(options.throttle !== undefined && { perSecond: options.throttle }),
      ...(io.interrupted !== undefined && { interrupted: io.interrupted }),
      rejudge: (record) => rejudged(record, { law, asOf, asOfBecause }),
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
      const gone = header.run > 1 ? roots.gone(options.gone, new Date().toISOString()) : undefined;
      await finished(results, { gone, seconds, leftOut });
    } else await results.leave();
    progress.end();
    tellLeftOut({ leftOut, filter, isWhole: end === 'done' && options.limit === undefined }, io);
    const { kept, growsIn, changes } = results;
    const ended = { id: header.scan, options, progress, met, anew, seconds, kept, growsIn };
    const code = told(end, ended, io);
    if (changes !== undefined) {
      const { scan: id, run } = header;
      await afterRun({ scan: id, run: results.run ?? run, changes }, options.webhook, io);
    }
    return code;
  } catch (error) {
    progress.end();
    await results.leave();
    throw error;
  } finally {
    tellNoMore();
    io.interrupted?.removeEventListener('abort', stop);
    await Promise.all([inspector.close(), likeness?.close()]);
  }
}

async function finished(
  results: Results,
  { gone, seconds, leftOut }: { gone: GoneAsked | undefined; seconds: number; leftOut: LeftOut },
): Promise<void> {
  if (gone !== undefined) await results.gone?.(gone);
  const left = leftOut.counts;
  await results.finish({
    schema: 'assay.scan-summary/1',
    ended: new Date().toISOString(),
    seconds,
    ...(left === undefined ? {} : { leftOut: left }),
  });
}

/** What goes before the first record. */
async function headed(
  paths: string[],
  options: ScanOptions,
  results: Awaited<ReturnType<typeof resultsFor>>,
  ask: Pick<Header, 'versions' | 'asOf' | 'asOfBecause'>,
): Promise<Header> {
  try {
    const header = headerFor(paths, options, results, ask);
    await results.begin(header);
    return header;
  } catch (error) {
    await results.leave();
    throw error;
  }
}

interface Asks {
  paths: string[];
  options: ScanOptions;
  asked: Plan['filter'];
  filter: Filter;
  onBegun(scan: string): void;
}

async function runDistributed(
  found: AsyncGenerator<Found>,
  {
    options,
    asked,
    filter,
    leftOut,
    header,
    ask,
    roots,
    now,
  }: Omit<Asks, 'paths' | 'onBegun'> & {
    leftOut: LeftOut;
    header: Header;
    ask: Plan['ask'];
    roots: Roots;
    now: Asked;
  },
  io: Io,
): Promise<ExitCode> {
  const { scan: scanId, limit, hidden = false, full = false } = options;
  const { secrets } = readConfig(io.env);
  const [{ openKeptScans }, { distribute }] = await Promise.all([
    import('./scan-store.js'),
    import('./scan-distributed.js'),
  ]);
  const kept = await openKeptScans(io.env);
  try {
    return await distribute(
      {
        kept,
        header,
        plan: {
          ...{ ask, full, hidden, filter: asked },
          ...(options.sniff && { sniff: true }),
          ...(options.fingerprints && { fingerprints: true }),
          ...(options.previews && { previews: true }),
          ...(options.keepManifests && { manifestKey: openSecretKeys(secrets).first }),
          roots: [...roots.folders],
        },
        found: roots.watched(found),
        roots,
        gone: options.gone,
        tenant: options.tenant ?? LOCAL_TENANT,
        now,
        ...(options.webhook !== undefined && { webhook: options.webhook }),
        filter,
        leftOut,
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
  /** Of results in a file: what has been left beside them, and where they grow. */
  kept: Kept | undefined;
  growsIn: string | undefined;
}

function told(end: ScanEnd, of: Told, io: Io): ExitCode {
  const { id, options, progress, met, anew, seconds, kept, growsIn } = of;
  const { files, skipped, bytes, errors, notFetched } = progress;
  if (options.out !== undefined || options.store) {
    const what = [
      said('cli.scan.read', { count: files, size: sizeOf(bytes), time: span(seconds) }),
      ...(skipped === 0 ? [] : [said('cli.scan.doneBefore', { count: skipped })]),
      ...(notFetched === 0 ? [] : [said('cli.scan.notFetched', { count: notFetched })]),
      ...(errors === 0 ? [] : [said('cli.scan.notInspected', { count: errors })]),
    ];
    const [idOf, where] =
      end === 'done'
        ? (['cli.scan.done', placeOf(id, options)] as const)
        : (['cli.scan.interrupted', restOf(id, options, growsIn)] as const);
    tell(io, said(idOf, { what, where }));
    if (options.out !== undefined && kept !== undefined && kept.state > 0)
      tell(io, said('cli.scan.kept', { path: `${options.out}.state`, size: sizeOf(kept.state) }));
  }
  if (anew.files > 0) tell(io, said('cli.scan.anew', anew));
  for (const [condition, count] of met)
    if (count > 0) tell(io, said('cli.conditionMet', { condition, count }));
  if (end === 'interrupted') return EXIT.interrupted;
  if ([...met.values()].some((count) => count > 0)) return EXIT.conditionMet;
  return errors > 0 ? EXIT.notAllInspected : EXIT.done;
}

/** By itself: what is given back of it holds no answer. */
function conditionsMet(answer: Answer, words: readonly string[] = []): string[] {
  return words.filter((word) => 'slim' in answer && conditionOf(word)?.(answer.slim));
}

const placeOf = (scan: string, { out }: ScanOptions): Said =>
  out === undefined ? said('cli.scan.name', { scan }) : said('text.asWritten', { text: out });

function restOf(scan: string, { out }: ScanOptions, growsIn: string | undefined): Said {
  if (out === undefined) return said('cli.scan.goOn', { scan });
  return growsIn === undefined ? said('cli.scan.nothingKept') : said('cli.scan.grows', { path: growsIn });
}

/** None unless it is asked or preset: a hundred findings a file nobody reads make most of a record. */
async function lawOfScan(options: ScanOptions, config: Config): Promise<AskedLaw> {
  const asked = await lawAsked(questionIn(options), config);
  return Object.keys(asked).length === 0 ? { places: [] } : asked;
}

type LawOptions = Pick<ScanOptions, 'rulebooks' | 'jurisdiction' | 'role'>;

/** What counts for them, whoever says so: a later run is told by it whether it asks the same. */
function lawOptions(options: LawOptions, { lawDefaults }: Config): LawOptions {
  const { rulebooks, jurisdiction = lawDefaults.jurisdictions, role = lawDefaults.roles } = options;
  return { ...(rulebooks && { rulebooks }), ...(jurisdiction && { jurisdiction }), ...(role && { role }) };
}

/** The same of what else is asked of the file. */
const readingOptions = ({
  engine,
  deep,
  reveal,
  fingerprints,
  previews,
  keepManifests,
}: ScanOptions): Asked['reading'] => ({
  ...(engine && { engine }),
  ...(deep && { deep }),
  ...(reveal && { reveal: reveal.join(',') }),
  ...(fingerprints && { fingerprints }),
  ...(previews && { previews }),
  ...(keepManifests && { keepManifests }),
});

const joined = (options: LawOptions): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(options).map(([name, words]) => [name, words.join(',')]));

/** A rulebook of which nothing is told can fulfil no condition, and a scan that cannot fail would pass for one that did not. */
function checkConditions(conditions: readonly string[] = [], inFull: readonly { id: string }[]): void {
  for (const condition of conditions) {
    const rulebook = rulebookIn(condition);
    if (rulebook !== undefined && !inFull.some(({ id }) => id === rulebook))
      throw new UsageError(said('cli.scan.usage.failOnNotAsked', { condition, rulebook }));
  }
}

function headerFor(
  paths: string[],
  options: ScanOptions,
  { headers = [] }: { headers?: readonly Header[] },
  { versions, clauses, asOf, asOfBecause }: Pick<Header, 'versions' | 'clauses' | 'asOf' | 'asOfBecause'>,
): Header {
  const [first] = headers;
  const records = options.full ? 'full' : 'slim';
  if (first !== undefined && first.records !== records) {
    throw new UsageError(
      said(first.records === 'full' ? 'cli.scan.usage.begunFull' : 'cli.scan.usage.begunSlim'),
    );
  }
  const { out: _, resume: __, overwrite: ___, progress: ____, webhook: _____, ...asked } = options;
  return {
    schema: 'assay.scan/1',
    scan: first?.scan ?? randomUUID(),
    run: headers.length + 1,
    begun: new Date().toISOString(),
    asOf,
    asOfBecause,
    records,
    sources: [
      ...paths,
      ...(options.filesFrom === undefined ? [] : [`--files-from ${options.filesFrom}`]),
      ...(options.inventory === undefined ? [] : [`--inventory ${options.inventory}`]),
    ].map(textOfPath),
    options: Object.fromEntries(
      Object.entries(asked).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(',') : value instanceof Hours ? value.text : value,
      ]),
    ),
    versions,
    ...(clauses === undefined ? {} : { clauses }),
  };
}

const NOTES = [
  'cli.scan.notes.records',
  'cli.scan.notes.partial',
  'cli.scan.notes.recheck',
  'cli.scan.notes.archives',
  'cli.scan.notes.objects',
  'cli.scan.notes.patterns',
] as const;

const EXAMPLES = [
  'assay scan /archive --out results.ndjson',
  'assay scan /archive --out results.ndjson --resume',
  "assay scan 'photos/**/*.jpg' --type image --newer-than 7d --jurisdiction EU --out week.ndjson",
  "find . -name '*.png' -print0 | assay scan --files-from - -0 > results.ndjson",
];
