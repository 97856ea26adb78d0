import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { displayPath } from '../../base/path-text.js';
import { openSecretKeys } from '../../base/secrets/key-file.js';
import { type Config, readConfig } from '../../config/settings.js';
import { MEDIA_KINDS } from '../../core/media/media-kinds.js';
import { type Message, message } from '../../i18n/message.js';
import { createPictureMaker } from '../../inspect/makers/pictures.js';
import { resolveOptions } from '../../inspect/options/resolved.js';
import type { LawSelection } from '../../inspect/options/resolved-law.js';
import { createInspector } from '../../inspect/pool/create-inspector.js';
import { delayOptimization } from '../../inspect/protocol/reader-flags.js';
import { Confinement } from '../../inspect/sandbox/confinement.js';
import { clausesMember, currentVersions } from '../../scan/compare/versions.js';
import { attachmentOptions, KEEP_CHOICES } from '../../scan/fingerprints/fingerprint-maker.js';
import { FORMAT_NAMES } from '../../scan/lines/formats.js';
import type { ScanAnswer } from '../../scan/records/answer.js';
import type { Header } from '../../scan/records/header.js';
import type { ResultSizes } from '../../scan/results/file-results.js';
import { REDO_CHOICES, type RunConditions } from '../../scan/results/redo.js';
import { rejudgeRecord } from '../../scan/results/rejudge.js';
import type { ScanResults } from '../../scan/results/results.js';
import { parseCondition, rulebookIn } from '../../scan/run/conditions.js';
import type { ScanPlan } from '../../scan/run/plan.js';
import { RemoteFiles } from '../../scan/run/remote-files.js';
import { type ScanEnd, scan } from '../../scan/run/scan.js';
import type { FoundEntry } from '../../scan/sources/entry.js';
import { Exclusions } from '../../scan/sources/exclusions.js';
import type { FileFilter } from '../../scan/sources/filter.js';
import { GONE_CHOICES, type GoneQuery, ScanRoots } from '../../scan/sources/roots.js';
import { LOCAL_TENANT } from '../../storage/access/scopes.js';
import { takeEarlyStart } from '../shared/early-start.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from '../shared/help.js';
import { lawSelectionFor, pickInspectOptions, withInspectOptions } from '../shared/inspect-options.js';
import { type Io, printMessage } from '../shared/io.js';
import { printIsolationStatus } from '../shared/isolation-message.js';
import { choiceOption, collectValues, parseInteger } from '../shared/options.js';
import { parseTenant } from '../shared/tenant.js';
import type { ScanOptions } from './scan-arguments.js';
import { checkRepeatedRuns, checkScanOptions } from './scan-check.js';
import { createFilter, expandPattern, printExclusions } from './scan-exclusions.js';
import {
  parseArchives,
  parseBandwidth,
  parseKeep,
  parseKinds,
  parseMoment,
  parseRate,
  parseRedo,
  parseScanConditions,
  parseSizeRange,
  parseSpan,
} from './scan-options.js';
import { durationMessage, formatSize, PROGRESS_CHOICES, ProgressPrinter } from './scan-progress.js';
import { openResults } from './scan-results.js';
import { reportChanges } from './scan-since.js';
import { countAll, dryRun, findSources } from './scan-sources.js';
import { addStoredScanCommands } from './stored-scans.js';

const MAX_JOBS = 256;

export function addScanCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const command = program
    .command('scan')
    .description(encodeDescription('cli.scan.about'))
    .argument('[path...]', encodeDescription('cli.scan.paths'))
    .option('--out <file>', encodeDescription('cli.scan.out'))
    .option('--store', encodeDescription('cli.scan.store'))
    .option('--distributed', encodeDescription('cli.scan.distributed'))
    .option('--scan <id>', encodeDescription('cli.scan.scan'))
    .option('--wait', encodeDescription('cli.scan.wait'))
    .addOption(
      choiceOption('--format <form>', encodeDescription('cli.scan.format'), FORMAT_NAMES).default('ndjson'),
    )
    .option('--files-from <list>', encodeDescription('cli.scan.filesFrom'))
    .option('--include <pattern>', encodeDescription('cli.scan.include'), collectValues)
    .option('--exclude <pattern>', encodeDescription('cli.scan.exclude'), collectValues)
    .option('--type <kinds>', encodeDescription('cli.scan.type', { kinds: MEDIA_KINDS }), parseKinds)
    .option('--size <range>', encodeDescription('cli.scan.size'), parseSizeRange)
    .option('--newer-than <when>', encodeDescription('cli.scan.newerThan'), parseMoment)
    .option('--hidden', encodeDescription('cli.scan.hidden'))
    .option('--follow-symlinks', encodeDescription('cli.scan.followSymlinks'))
    .option('--sidecars', encodeDescription('cli.scan.sidecars'))
    .option('--archives <kinds>', encodeDescription('cli.scan.archives'), parseArchives)
    .option('--full', encodeDescription('cli.scan.full'))
    .option('--keep <what>', encodeDescription('cli.scan.keep', { names: KEEP_CHOICES }), parseKeep)
    .option('--ordered', encodeDescription('cli.scan.ordered'))
    .option('--resume', encodeDescription('cli.scan.resume'))
    .option('--overwrite', encodeDescription('cli.scan.overwrite'))
    .option('--recheck <parts>', encodeDescription('cli.scan.recheck', { parts: REDO_CHOICES }), parseRedo)
    .addOption(
      choiceOption('--gone <what>', encodeDescription('cli.scan.gone'), GONE_CHOICES).default('mark'),
    )
    .option('--tenant <name>', encodeDescription('cli.scan.tenant'), parseTenant)
    .option('--watch <span>', encodeDescription('cli.scan.watch'), parseSpan)
    .option('--webhook <url>', encodeDescription('cli.scan.webhook'));
  withInspectOptions(command, 'scan')
    .option('--jobs <count>', encodeDescription('cli.scan.jobs'), parseInteger(1, MAX_JOBS))
    .option('--throttle <rate>', encodeDescription('cli.scan.throttle'), parseRate)
    .option('--bandwidth <rate>', encodeDescription('cli.scan.bandwidth'), parseBandwidth)
    .option('--dry-run', encodeDescription('cli.scan.dryRun'))
    .option('--fail-on <conditions>', encodeDescription('cli.scan.failOn'), parseScanConditions)
    .addOption(
      choiceOption('--progress <form>', encodeDescription('cli.scan.progress'), PROGRESS_CHOICES).default(
        'auto',
      ),
    )
    .action(async (paths: string[], options: ScanOptions) => {
      const run = (asked: ScanOptions, onBegun?: (scan: string) => void) =>
        runScan(paths, asked, io, onBegun);
      await checkRepeatedRuns(options, io);
      finish(
        options.watch !== undefined
          ? await (await import('./scan-watch.js')).watchScan(options, options.watch, run, io)
          : await run(options),
      );
    });
  setHelpEnd(command, { notes: NOTES, examples: EXAMPLES });
  // Options after a subcommand's name belong to that subcommand, including `--out` and `--format`.
  addStoredScanCommands(command.enablePositionalOptions(), io, finish);
}

async function runScan(
  paths: string[],
  options: ScanOptions,
  io: Io,
  onBegun: (scan: string) => void = () => {},
): Promise<ExitCode> {
  const config = readConfig(io.env);
  checkScanOptions(paths, options, config.lawDefaults);
  const asked = filterOptions(options);
  const filter = createFilter(asked);
  const remoteFiles = new RemoteFiles({
    env: io.env,
    ...(io.interrupted !== undefined && { interrupted: io.interrupted }),
    bandwidth: options.bandwidth,
    denied: config.fetch.denied,
  });
  try {
    return await runScanOver(
      (leftOut) => findSources(paths, options, { filter, elsewhere: remoteFiles, leftOut }, io),
      { paths, options, asked, filter, onBegun },
      io,
    );
  } finally {
    remoteFiles.end();
  }
}

const filterOptions = (options: ScanOptions): ScanPlan['filter'] => ({
  ...(options.include && { include: options.include.flatMap(expandPattern) }),
  ...(options.exclude && { exclude: options.exclude.flatMap(expandPattern) }),
  ...(options.type && { types: options.type }),
  ...(options.size?.minBytes !== undefined && { minBytes: options.size.minBytes }),
  ...(options.size?.maxBytes !== undefined && { maxBytes: options.size.maxBytes }),
  ...(options.newerThan !== undefined && { newerThan: options.newerThan }),
  ...(options.archives && { archives: options.archives }),
});

/** Creates the inspector, reusing processes that were started before the modules were loaded. */
function createReaders(jobs: number, { trustDir, sandbox }: Config) {
  const earlyStart = takeEarlyStart(trustDir, sandbox);
  const confinement = earlyStart?.confinement ?? new Confinement({ sandbox });
  const how = { ahead: true, packs: true, jobs, trustDir, confinement };
  return {
    inspector: createInspector({ ...how, ...(earlyStart && { pool: earlyStart.pool }) }),
    confinement,
  };
}

async function runScanOver(
  found: (leftOut?: Exclusions) => AsyncGenerator<FoundEntry>,
  { paths, options, asked: asksFor, filter, onBegun }: ScanRequest,
  io: Io,
): Promise<ExitCode> {
  const leftOut = new Exclusions();
  if (options.dryRun) return dryRun(found(leftOut), filter, leftOut, io);
  delayOptimization();

  const config = readConfig(io.env);
  const { trustDir, sandbox } = config;
  const asked = await scanLawSelection(options, config);
  const { listSelectedRulebooks: booksIn, resolveLaw: lawFor } = await import(
    '../../core/law/law-selection.js'
  );
  const law = lawFor(asked);
  checkConditions(options.failOn, law.inFull);
  const books = booksIn(law);
  const versions = await currentVersions(
    trustDir,
    books.map(({ id }) => id),
    { archives: options.archives !== undefined },
  );
  const clauses = clausesMember(books);
  const ask = resolveOptions(pickInspectOptions(options), asked);
  const namesOfLaw = effectiveLawOptions(options, config);
  const { asOf: day, asOfSource: because } = ask;
  const now = {
    ...{ versions, asOf: day, asOfSource: because },
    law: joinOptionValues(namesOfLaw),
    reading: readingOptions(options),
  };
  const roots = await ScanRoots.open({
    paths,
    filter,
    hidden: options.hidden === true,
    visitsMembers: options.archives !== undefined && !options.distributed,
  });
  for (const { path, userMessage: why } of roots.faults)
    printMessage(io, message('cli.inspect.failed', { path, why }));
  if (options.distributed) {
    const header = createHeader(paths, { ...options, ...namesOfLaw }, {}, { versions, ...clauses, ...ask });
    const parts = { options, asked: asksFor, filter, leftOut, header, ask, roots, now };
    return runDistributed(found(leftOut), parts, io);
  }
  const results = await openResults(options, now, io);
  const jobs = options.jobs ?? availableParallelism() + 1;
  const header = await beginResults(paths, { ...options, ...namesOfLaw }, results, {
    versions,
    ...clauses,
    ...ask,
  });
  onBegun(header.scan);

  const { inspector, confinement } = createReaders(jobs, config);
  // Fingerprints are computed by processes of their own, which a scan without fingerprints does not start.
  const fingerprintMaker = options.keep
    ? createPictureMaker({ confinement: new Confinement({ sandbox }), jobs: availableParallelism() })
    : undefined;
  // Processes that started early may already have reported their isolation.
  const stopPrinting = printIsolationStatus(io, { already: confinement.status });
  const stop = () => {
    void inspector.close();
    void fingerprintMaker?.close();
  };
  io.interrupted?.addEventListener('abort', stop, { once: true });
  const progress = new ProgressPrinter(options.progress, io, process.stderr);
  const conditionCounts = new Map<string, number>();
  const reread = { files: 0, differ: 0 };
  const begun = performance.now();
  try {
    // Files are counted in parallel and only if progress is shown. A list can be read only once, and counting members
    // of archives takes long.
    if (progress.isShown && options.filesFrom === undefined && options.archives === undefined)
      void countAll(found(), filter, progress);
    const { asOf, asOfSource } = ask;
    const end = await scan({
      found: roots.watch(found(leftOut)),
      filter,
      leftOut,
      inspector,
      options: ask,
      results,
      full: options.full === true,
      ...(fingerprintMaker && { fingerprintMaker, attachments: attachmentOptions(options.keep) }),
      ordered: options.ordered === true,
      jobs,
      ...(options.throttle !== undefined && { perSecond: options.throttle }),
      ...(io.interrupted !== undefined && { interrupted: io.interrupted }),
      rejudge: (record) => rejudgeRecord(record, { law, asOf, asOfSource }),
      onAnswer: (answer) => {
        const takeBack = progress.add(answer);
        const words = conditionsMet(answer, options.failOn);
        const count = (step: 1 | -1) => {
          for (const word of words) conditionCounts.set(word, (conditionCounts.get(word) ?? 0) + step);
        };
        count(1);
        // The closure must not hold the record, since it lives as long as the process that read the file.
        return () => {
          takeBack();
          count(-1);
        };
      },
      onReread: (differs) => {
        reread.files += 1;
        if (differs) reread.differ += 1;
      },
      onSkipped: () => {
        progress.skipped += 1;
      },
    });
    const seconds = Math.round((performance.now() - begun) / 10) / 100;
    if (end === 'done') {
      const gone = header.run > 1 ? roots.createGoneQuery(options.gone, new Date().toISOString()) : undefined;
      await finishResults(results, { gone, seconds, leftOut });
    } else await results.leave();
    progress.end();
    printExclusions({ leftOut, filter, isWhole: end === 'done' }, io);
    const { sizes: kept, growsIn, changes } = results;
    const ended = {
      id: header.scan,
      options,
      progress,
      met: conditionCounts,
      anew: reread,
      seconds,
      kept,
      growsIn,
    };
    const code = printOutcome(end, ended, io);
    if (changes !== undefined) {
      const { scan: id, run } = header;
      await reportChanges({ scan: id, run: results.run ?? run, changes }, options.webhook, io);
    }
    return code;
  } catch (error) {
    progress.end();
    await results.leave();
    throw error;
  } finally {
    stopPrinting();
    io.interrupted?.removeEventListener('abort', stop);
    await Promise.all([inspector.close(), fingerprintMaker?.close()]);
  }
}

async function finishResults(
  results: ScanResults,
  { gone, seconds, leftOut }: { gone: GoneQuery | undefined; seconds: number; leftOut: Exclusions },
): Promise<void> {
  if (gone !== undefined) await results.handleGone?.(gone);
  const left = leftOut.counts;
  await results.finish({
    schema: 'assay.scan-summary/1',
    ended: new Date().toISOString(),
    seconds,
    ...(left === undefined ? {} : { leftOut: left }),
  });
}

/** Creates the header and starts the results with it. */
async function beginResults(
  paths: string[],
  options: ScanOptions,
  results: Awaited<ReturnType<typeof openResults>>,
  ask: Pick<Header, 'versions' | 'asOf' | 'asOfSource'>,
): Promise<Header> {
  try {
    const header = createHeader(paths, options, results, ask);
    await results.begin(header);
    return header;
  } catch (error) {
    await results.leave();
    throw error;
  }
}

interface ScanRequest {
  paths: string[];
  options: ScanOptions;
  asked: ScanPlan['filter'];
  filter: FileFilter;
  onBegun(scan: string): void;
}

async function runDistributed(
  found: AsyncGenerator<FoundEntry>,
  {
    options,
    asked,
    filter,
    leftOut,
    header,
    ask,
    roots,
    now,
  }: Omit<ScanRequest, 'paths' | 'onBegun'> & {
    leftOut: Exclusions;
    header: Header;
    ask: ScanPlan['ask'];
    roots: ScanRoots;
    now: RunConditions;
  },
  io: Io,
): Promise<ExitCode> {
  const { scan: scanId, hidden = false, full = false } = options;
  const { secrets } = readConfig(io.env);
  const [{ openStoredScans: openKeptScans }, { distribute }] = await Promise.all([
    import('./scan-store.js'),
    import('./scan-distributed.js'),
  ]);
  const kept = await openKeptScans(io.env);
  try {
    return await distribute(
      {
        stored: kept,
        header,
        plan: {
          ...{ ask, full, hidden, filter: asked },
          ...(options.keep && { keep: options.keep }),
          ...(options.keep?.includes('manifests') && {
            manifestKey: openSecretKeys(secrets).encryptingKeyId,
          }),
          roots: [...roots.folders],
        },
        found: roots.watch(found),
        roots,
        gone: options.gone,
        tenant: options.tenant ?? LOCAL_TENANT,
        current: now,
        ...(options.webhook !== undefined && { webhook: options.webhook }),
        filter,
        leftOut,
        wait: options.wait === true,
        ...(scanId !== undefined && { scanId }),
      },
      io,
    );
  } finally {
    await kept.close();
  }
}

interface ScanOutcome {
  /** Id of the scan. */
  id: string;
  options: ScanOptions;
  progress: ProgressPrinter;
  met: Map<string, number>;
  /** Files read a second time because the process that had read them failed. */
  anew: { files: number; differ: number };
  seconds: number;
  /**
   * Present only for results in a file: sizes of the files stored with them, and the file that grows until the scan is
   * complete.
   */
  kept: ResultSizes | undefined;
  growsIn: string | undefined;
}

function printOutcome(end: ScanEnd, of: ScanOutcome, io: Io): ExitCode {
  const { id, options, progress, met, anew, seconds, kept, growsIn } = of;
  const { files, skipped, bytes, errors, notFetched } = progress;
  if (options.out !== undefined || options.store) {
    const what = [
      message('cli.scan.read', { count: files, size: formatSize(bytes), time: durationMessage(seconds) }),
      ...(skipped === 0 ? [] : [message('cli.scan.doneBefore', { count: skipped })]),
      ...(notFetched === 0 ? [] : [message('cli.scan.notFetched', { count: notFetched })]),
      ...(errors === 0 ? [] : [message('cli.scan.notInspected', { count: errors })]),
    ];
    const [idOf, where] =
      end === 'done'
        ? (['cli.scan.done', destinationMessage(id, options)] as const)
        : (['cli.scan.interrupted', continuationMessage(id, options, growsIn)] as const);
    printMessage(io, message(idOf, { what, where }));
    if (options.out !== undefined && kept !== undefined && kept.state > 0)
      printMessage(
        io,
        message('cli.scan.stored', { path: `${options.out}.state`, size: formatSize(kept.state) }),
      );
  }
  if (anew.files > 0) printMessage(io, message('cli.scan.reread', anew));
  for (const [condition, count] of met)
    if (count > 0) printMessage(io, message('cli.conditionMet', { condition, count }));
  if (end === 'interrupted') return EXIT.interrupted;
  if ([...met.values()].some((count) => count > 0)) return EXIT.conditionMet;
  return errors > 0 ? EXIT.notAllInspected : EXIT.done;
}

/** A function of its own, so that the closure over its result does not hold the record. */
function conditionsMet(answer: ScanAnswer, words: readonly string[] = []): string[] {
  return words.filter((word) => 'record' in answer && parseCondition(word)?.(answer.record));
}

const destinationMessage = (scan: string, { out }: ScanOptions): Message =>
  out === undefined ? message('cli.scan.name', { scan }) : message('text.asWritten', { text: out });

function continuationMessage(scan: string, { out }: ScanOptions, growsIn: string | undefined): Message {
  if (out === undefined) return message('cli.scan.goOn', { scan });
  return growsIn === undefined
    ? message('cli.scan.nothingStored')
    : message('cli.scan.grows', { path: growsIn });
}

/**
 * Returns the law of the scan: none unless options or the operator's defaults select it, because a hundred findings per
 * file would make up most of a record.
 */
async function scanLawSelection(options: ScanOptions, config: Config): Promise<LawSelection> {
  const asked = await lawSelectionFor(pickInspectOptions(options), config);
  return Object.keys(asked).length === 0 ? { jurisdictions: [] } : asked;
}

type ScanLawOptions = Pick<ScanOptions, 'rulebooks' | 'jurisdiction' | 'role'>;

/** Returns the effective law options including defaults. A later run compares them with its own. */
function effectiveLawOptions(options: ScanLawOptions, { lawDefaults }: Config): ScanLawOptions {
  const { rulebooks, jurisdiction = lawDefaults.jurisdictions, role = lawDefaults.roles } = options;
  return { ...(rulebooks && { rulebooks }), ...(jurisdiction && { jurisdiction }), ...(role && { role }) };
}

/** Returns the other inspect options, for the same comparison. */
const readingOptions = ({
  engine,
  deep,
  visible,
  reveal,
  full,
  keep,
}: ScanOptions): RunConditions['reading'] => ({
  ...(engine && { engine }),
  ...(deep && { deep }),
  ...(visible && { visible }),
  ...(full && { full }),
  ...(reveal && { reveal: reveal.join(',') }),
  ...(keep && { keep: keep.join(',') }),
});

const joinOptionValues = (options: ScanLawOptions): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(options).map(([name, words]) => [name, words.join(',')]));

/** Rejects conditions on rulebooks that are not evaluated: they could never be met, and the scan would seem to pass. */
function checkConditions(conditions: readonly string[] = [], inFull: readonly { id: string }[]): void {
  for (const condition of conditions) {
    const rulebook = rulebookIn(condition);
    if (rulebook !== undefined && !inFull.some(({ id }) => id === rulebook))
      throw new UsageError(message('cli.scan.usage.failOnNotRequested', { condition, rulebook }));
  }
}

function createHeader(
  paths: string[],
  options: ScanOptions,
  { headers = [] }: { headers?: readonly Header[] },
  { versions, clauses, asOf, asOfSource }: Pick<Header, 'versions' | 'clauses' | 'asOf' | 'asOfSource'>,
): Header {
  const [first] = headers;
  const { out: _, resume: __, overwrite: ___, progress: ____, webhook: _____, ...asked } = options;
  return {
    schema: 'assay.scan/1',
    scan: first?.scan ?? randomUUID(),
    run: headers.length + 1,
    begun: new Date().toISOString(),
    asOf,
    asOfSource,
    sources: [
      ...paths,
      ...(options.filesFrom === undefined ? [] : [`--files-from ${options.filesFrom}`]),
    ].map(displayPath),
    options: Object.fromEntries(
      Object.entries(asked).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(',') : typeof value === 'object' ? value.text : value,
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
  "find . -name '*.png' -print0 | assay scan --files-from - > results.ndjson",
];
