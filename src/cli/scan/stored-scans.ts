import { type Command, Option } from 'commander';
import { readSecretKeys } from '../../base/secrets/key-file.js';
import { escapeTerminal } from '../../base/terminal-text.js';
import { readConfig } from '../../config/settings.js';
import { INTEGRITIES, ORIGINS } from '../../core/report/report.js';
import { message } from '../../i18n/message.js';
import { messageOf } from '../../i18n/message-error.js';
import type { Translator } from '../../i18n/translator.js';
import { collectChanges } from '../../scan/compare/run-changes.js';
import { COLUMN_NAMES, type ColumnName } from '../../scan/lines/csv.js';
import type { ResultFormat } from '../../scan/lines/format.js';
import { createFormat, FORMAT_NAMES, type FormatName } from '../../scan/lines/formats.js';
import { CHANGE_GROUPS } from '../../scan/records/change-groups.js';
import { countRecord, createTally } from '../../scan/records/tally.js';
import { storedChanges } from '../../scan/results/store-changes.js';
import type { OutputSink } from '../../scan/results/stream-results.js';
import { LOCAL_TENANT } from '../../storage/access/scopes.js';
import type { ScanRepository } from '../../storage/scans/kysely-scans.js';
import type { DatabaseScan, JobCounts, RecordFilter } from '../../storage/scans/scans.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription } from '../shared/help.js';
import { type Io, printMessage, translatorForUser } from '../shared/io.js';
import { choiceOption } from '../shared/options.js';
import { Output } from '../shared/output.js';
import { parseTenant } from '../shared/tenant.js';
import { addScanDiff, groupMessage } from './scan-diff.js';
import { headerOf } from './scan-header.js';
import { parseColumns } from './scan-options.js';
import { durationMessage, formatSize } from './scan-progress.js';
import { storedRecords } from './scan-records.js';
import { fileSink, stdoutSink } from './scan-results.js';
import { progressOf, recentSince, type ScanProgress, workerView } from './scan-status.js';

const MAX_LISTED = 100;

async function compactFile(path: string, io: Io): Promise<ExitCode> {
  const { compactResults } = await import('../../scan/results/merge.js');
  const { before, after } = await compactResults(path);
  printMessage(
    io,
    message('cli.stored.compacted', { path, before: formatSize(before), after: formatSize(after) }),
  );
  return EXIT.done;
}

interface TenantOptions {
  tenant: string;
}

interface StatusOptions extends TenantOptions {
  json?: boolean;
}

const tenantOption = (): Option =>
  new Option('--tenant <name>', encodeDescription('cli.stored.tenant'))
    .argParser(parseTenant)
    .default(LOCAL_TENANT);

interface ExportOptions extends TenantOptions {
  format: FormatName;
  columns?: ColumnName[];
  out?: string;
  overwrite?: boolean;
  origin?: string;
  integrity?: string;
  signer?: string;
  errors?: boolean;
}

/**
 * Adds `assay scan status`, `cancel`, `export` and others for scans stored in the database, and `compact` for results
 * in a file.
 */
export function addStoredScanCommands(scan: Command, io: Io, finish: (code: ExitCode) => void): void {
  scan
    .command('compact')
    .description(encodeDescription('cli.stored.compact'))
    .argument('<results>', encodeDescription('cli.stored.results'))
    .action(async (results: string) => finish(await compactFile(results, io)));
  scan
    .command('status')
    .description(encodeDescription('cli.stored.status'))
    .argument('[id]', encodeDescription('cli.stored.id'))
    .option('--json', encodeDescription('cli.stored.json'))
    .addOption(tenantOption())
    .action(async (id: string | undefined, options: StatusOptions) =>
      finish(await withStore(io, (store) => printStatus(id, options, store, io))),
    );
  scan
    .command('cancel')
    .description(encodeDescription('cli.stored.cancel'))
    .argument('<id>', encodeDescription('cli.stored.id'))
    .addOption(tenantOption())
    .action(async (id: string, { tenant }: TenantOptions) => finish(await cancelScan(id, tenant, io)));
  scan
    .command('export')
    .description(encodeDescription('cli.stored.export'))
    .argument('<id>', encodeDescription('cli.stored.id'))
    .addOption(
      choiceOption('--format <form>', encodeDescription('cli.scan.format'), FORMAT_NAMES).default('ndjson'),
    )
    .option(
      '--columns <names>',
      encodeDescription('cli.option.columns', { names: COLUMN_NAMES }),
      parseColumns,
    )
    .option('--out <file>', encodeDescription('cli.option.out'))
    .option('--overwrite', encodeDescription('cli.stored.overwrite'))
    .addOption(choiceOption('--origin <origin>', encodeDescription('cli.stored.only'), ORIGINS))
    .addOption(choiceOption('--integrity <word>', encodeDescription('cli.stored.only'), INTEGRITIES))
    .option('--signer <name>', encodeDescription('cli.stored.signer'))
    .option('--errors', encodeDescription('cli.stored.errors'))
    .addOption(tenantOption())
    .action(async (id: string, options: ExportOptions) =>
      finish(await withStore(io, (store) => exportScan(id, options, store, io))),
    );
  scan
    .command('recheck')
    .description(encodeDescription('cli.stored.recheck'))
    .argument('<id>', encodeDescription('cli.stored.id'))
    .addOption(tenantOption())
    .action(async (id: string, { tenant }: TenantOptions) =>
      finish(await (await import('./scan-recheck.js')).recheckStored(id, tenant, io)),
    );
  scan
    .command('import')
    .description(encodeDescription('cli.stored.import'))
    .argument('<results>', encodeDescription('cli.stored.importFile'))
    .addOption(tenantOption())
    .action(async (path: string, { tenant }: TenantOptions) =>
      finish(await withStore(io, (store) => importFile(store, path, tenant, io))),
    );
  scan
    .command('delete')
    .description(encodeDescription('cli.stored.delete'))
    .argument('<id>', encodeDescription('cli.stored.id'))
    .addOption(tenantOption())
    .action(async (id: string, { tenant }: TenantOptions) =>
      finish(await withStore(io, (store) => deleteScan(id, tenant, store, io))),
    );
  addScanDiff(scan, io, finish);
}

async function withStore(io: Io, work: (store: ScanRepository) => Promise<ExitCode>): Promise<ExitCode> {
  const kept = await (await import('./scan-store.js')).openStoredScans(io.env);
  try {
    return await work(kept.store);
  } finally {
    await kept.close();
  }
}

async function findScan(id: string, tenant: string, store: ScanRepository): Promise<DatabaseScan> {
  const scan = await store.get(id, tenant);
  if (scan === undefined) throw new UsageError(message('cli.scan.unknown', { scan: id }));
  return scan;
}

async function printStatus(
  id: string | undefined,
  { json = false, tenant }: StatusOptions,
  store: ScanRepository,
  io: Io,
): Promise<ExitCode> {
  const output = new Output(io.stdout);
  if (id === undefined) {
    for (const { id: one, status: state, createdAt, endedAt } of await store.list(tenant, MAX_LISTED)) {
      const listed = { id: one, status: state, createdAt, ...(endedAt && { endedAt }) };
      await (json ? output.json(listed) : output.text(`${one}  ${state.padEnd(9)}  ${createdAt}\n`));
    }
    return EXIT.done;
  }
  const scan = await findScan(id, tenant, store);
  const now = new Date();
  const [counts, jobs, workers] = await Promise.all([
    store.counts(scan.number),
    store.countJobs(scan.number),
    store.countWorkers(scan.number, recentSince(now)),
  ]);
  const { status: state, createdAt, endedAt } = scan;
  const going = progressOf(scan, { counts, jobs, workers }, now);
  const { sources } = headerOf(scan);
  if (json) {
    const handedOut = jobs.jobs > 0 ? { handedOut: jobs } : {};
    await output.json({
      id,
      status: state,
      createdAt,
      ...(endedAt && { endedAt }),
      run: scan.run,
      sources,
      ...going,
      records: counts,
      ...(scan.run > 1 && { changes: (await collectChanges(storedChanges(store, scan))).counts }),
      ...handedOut,
      ...(workers.length > 0 && { workers: workers.map((one) => workerView(one, scan, now)) }),
    });
    return EXIT.done;
  }
  const speech = translatorForUser(io);
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const about = { scan: id, state: message(`cli.stored.state.${state}`), begun: createdAt };
  write(
    endedAt === undefined
      ? speech.text('cli.stored.begun', about)
      : speech.text('cli.stored.ended', { ...about, ended: endedAt }),
  );
  write(speech.text('cli.stored.sources', { sources: escapeTerminal(sources.join(' ')) }));
  for (const line of progressLines(
    { progress: going, jobs, workers: workers.map((one) => workerView(one, scan, now)) },
    speech,
  ))
    write(line);
  const { files, bytes, errors } = counts;
  write(speech.text('cli.stored.records', { count: files, size: formatSize(bytes), errors }));
  if (counts.notFetched > 0) write(`  ${speech.text('cli.scan.notFetched', { count: counts.notFetched })}`);
  if (counts.gone > 0) write(speech.text('cli.stored.gone', { count: counts.gone }));
  if (jobs.handedBack > 0)
    write(
      escapeTerminal(
        speech.text('cli.stored.handedBack', {
          jobs: jobs.handedBack,
          times: jobs.handedBackTimes,
          why: jobs.handedBackFor.join(', '),
        }),
      ),
    );
  if (scan.run > 1) {
    const { counts: since } = await collectChanges(storedChanges(store, scan));
    const some = CHANGE_GROUPS.filter((group) => since[group] > 0);
    const what =
      some.length === 0 ? [message('cli.diff.none')] : some.map((group) => groupMessage(group, since[group]));
    write(speech.text('cli.stored.run', { run: scan.run, what }));
  }
  for (const [name, values] of Object.entries({ origin: counts.origins, integrity: counts.integrity })) {
    for (const [value, count] of Object.entries(values).sort())
      write(`  ${speech.text('cli.stored.value', { name, value, count })}`);
  }
  await output.text(`${lines.join('\n')}\n`);
  return EXIT.done;
}

/** Describes the progress of a scan in lines for people. */
function progressLines(
  {
    progress: going,
    jobs,
    workers,
  }: { progress: ScanProgress; jobs: JobCounts; workers: ReturnType<typeof workerView>[] },
  translator: Translator,
): string[] {
  const lines: string[] = [];
  const { alive, seenAt, filesPerSecond, etaSeconds } = going;
  if (alive === false)
    lines.push(
      seenAt === undefined
        ? translator.text('cli.stored.neverSeen')
        : translator.text('cli.stored.silent', { since: seenAt }),
    );
  const { filesCancelled, ...handed } = jobs;
  if (jobs.jobs > 0) lines.push(translator.text('cli.stored.jobs', handed));
  if (filesCancelled > 0) lines.push(translator.text('cli.stored.filesCancelled', { count: filesCancelled }));
  const rate = String(filesPerSecond);
  if (filesPerSecond !== undefined)
    lines.push(
      etaSeconds === undefined
        ? translator.text('cli.stored.rate', { rate })
        : translator.text('cli.stored.rateLeft', {
            rate,
            left: translator.translate(durationMessage(etaSeconds)),
          }),
    );
  for (const { name, files, filesPerSecond: own, holds, seenAt: seen = '' } of workers) {
    const told = { name: escapeTerminal(name), files, rate: String(own), holds, seen };
    lines.push(`  ${translator.text('cli.stored.worker', told)}`);
  }
  return lines;
}

async function cancelScan(id: string, tenant: string, io: Io): Promise<ExitCode> {
  const kept = await (await import('./scan-store.js')).openStoredScans(io.env);
  try {
    const scan = await findScan(id, tenant, kept.store);
    const now = new Date().toISOString();
    if (scan.status === 'done') throw new UsageError(message('cli.scan.hasEnded', { scan: id }));
    await kept.store.setStatus(scan.number, 'cancelled', now);
    if (scan.plan !== undefined) {
      const queue = await kept.queue((error) => printMessage(io, messageOf(error)));
      await queue.cancel(scan.number, now);
    }
    printMessage(io, message('cli.scan.isCancelled', { scan: id }));
    return EXIT.done;
  } finally {
    await kept.close();
  }
}

async function importFile(store: ScanRepository, path: string, tenant: string, io: Io): Promise<ExitCode> {
  const { importResults } = await import('../../scan/results/import-results.js');
  const imported = await importResults(path, tenant, store, readSecretKeys(readConfig(io.env).secrets));
  if ('exists' in imported) throw new UsageError(message('cli.stored.exists', { scan: imported.exists }));
  const { scan, records, isWhole } = imported;
  printMessage(io, message('cli.stored.imported', { scan: scan.id, count: records, path }));
  if (!isWhole) printMessage(io, message('cli.stored.unfinished', { scan: scan.id }));
  return EXIT.done;
}

/** A running scan cannot be deleted, because records may still arrive. */
async function deleteScan(id: string, tenant: string, store: ScanRepository, io: Io): Promise<ExitCode> {
  const scan = await findScan(id, tenant, store);
  if (scan.status !== 'done' && scan.status !== 'cancelled')
    throw new UsageError(message('cli.stored.underWay', { scan: id }));
  const { files, gone } = await store.counts(scan.number);
  await store.delete(scan.number);
  printMessage(io, message('cli.stored.deleted', { scan: id, count: files + gone }));
  return EXIT.done;
}

async function exportScan(
  id: string,
  options: ExportOptions,
  store: ScanRepository,
  io: Io,
): Promise<ExitCode> {
  const scan = await findScan(id, options.tenant, store);
  if (options.columns !== undefined && options.format !== 'csv') {
    throw new UsageError(message('cli.columns.format'));
  }
  const form = await createFormat(options.format, options.columns);
  const sink = options.out === undefined ? stdoutSink(io) : await fileSink(options.out, options);
  try {
    await writeRecords(scan, form, sink, recordFilter(options), store);
  } catch (error) {
    await sink.discard();
    throw error;
  }
  await sink.finish();
  if (scan.status !== 'done') {
    const state = message(`cli.stored.state.${scan.status}`);
    printMessage(io, message('cli.scan.notDone', { scan: id, state }));
  }
  return EXIT.done;
}

const recordFilter = ({ origin, integrity, signer, errors }: ExportOptions): RecordFilter => ({
  ...(origin !== undefined && { origin }),
  ...(integrity !== undefined && { integrity }),
  ...(signer !== undefined && { signer }),
  ...(errors !== undefined && { errors }),
});

/** Writes until the reader closes the output. */
async function writeRecords(
  scan: DatabaseScan,
  form: ResultFormat<string | Uint8Array>,
  sink: OutputSink,
  filter: RecordFilter,
  store: ScanRepository,
): Promise<void> {
  const tally = createTally();
  if (!(await sink.write(form.head(headerOf(scan))))) return;
  for await (const one of storedRecords(scan, filter, store)) {
    countRecord(tally, one);
    if (!(await sink.write(form.record(one)))) return;
  }
  const ended = scan.endedAt ?? new Date().toISOString();
  const seconds = Math.max(0, (Date.parse(ended) - Date.parse(scan.createdAt)) / 1_000);
  await sink.write(form.tail({ schema: 'assay.scan-summary/1', ended, seconds, tally }));
}
