import { type Command, Option } from 'commander';
import { readConfig } from '../config.js';
import { escapeTerminal } from '../core/ground/terminal-text.js';
import { INTEGRITIES, ORIGINS } from '../core/report/report.js';
import { said } from '../say/said.js';
import { errorSaid } from '../say/said-error.js';
import type { Speech } from '../say/speech.js';
import { CHANGE_GROUPS } from '../scan/change-groups.js';
import { COLUMN_NAMES, type ColumnName } from '../scan/csv.js';
import type { Form } from '../scan/form.js';
import { FORM_NAMES, type FormName, formOf } from '../scan/forms.js';
import { changesIn } from '../scan/run-changes.js';
import { changedIn } from '../scan/store-changes.js';
import type { Sink } from '../scan/stream-results.js';
import { countError, countRecord, emptyTally } from '../scan/tally.js';
import { secretKeysThere } from '../secrets/key-file.js';
import type { KyselyScans } from '../store/kysely-scans.js';
import type { JobCounts, KeptScan, RecordFilter } from '../store/scans.js';
import { LOCAL_TENANT } from '../store/scopes.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { described } from './help.js';
import { type Io, speechIn, tell } from './io.js';
import { choice } from './options.js';
import { Output } from './output.js';
import { addScanDiff, groupSaid } from './scan-diff.js';
import { type Going, progressOf, recently, workerTold } from './scan-going.js';
import { headerOf } from './scan-header.js';
import { parseColumns } from './scan-options.js';
import { sizeOf, span } from './scan-progress.js';
import { recordsOf } from './scan-records.js';
import { fileSink, stdoutSink } from './scan-results.js';
import { parseTenant } from './tenant.js';

const MOST_LISTED = 100;

async function compacted(path: string, io: Io): Promise<ExitCode> {
  const { compactResults } = await import('../scan/merge.js');
  const { before, after } = await compactResults(path);
  tell(io, said('cli.kept.compacted', { path, before: sizeOf(before), after: sizeOf(after) }));
  return EXIT.done;
}

interface OfTenant {
  tenant: string;
}

interface StatusOptions extends OfTenant {
  json?: boolean;
}

const ofTenant = (): Option =>
  new Option('--tenant <name>', described('cli.kept.tenant')).argParser(parseTenant).default(LOCAL_TENANT);

interface ExportOptions extends OfTenant {
  format: FormName;
  columns?: ColumnName[];
  out?: string;
  overwrite?: boolean;
  origin?: string;
  integrity?: string;
  signer?: string;
  errors?: boolean;
}

/** `assay scan status · cancel · export`: scans whose records are kept in the database; `compact`: results in a file. */
export function addKeptScanCommands(scan: Command, io: Io, finish: (code: ExitCode) => void): void {
  scan
    .command('compact')
    .description(described('cli.kept.compact'))
    .argument('<results>', described('cli.kept.results'))
    .action(async (results: string) => finish(await compacted(results, io)));
  scan
    .command('status')
    .description(described('cli.kept.status'))
    .argument('[id]', described('cli.kept.id'))
    .option('--json', described('cli.kept.json'))
    .addOption(ofTenant())
    .action(async (id: string | undefined, options: StatusOptions) =>
      finish(await withStore(io, (store) => status(id, options, store, io))),
    );
  scan
    .command('cancel')
    .description(described('cli.kept.cancel'))
    .argument('<id>', described('cli.kept.id'))
    .addOption(ofTenant())
    .action(async (id: string, { tenant }: OfTenant) => finish(await cancel(id, tenant, io)));
  scan
    .command('export')
    .description(described('cli.kept.export'))
    .argument('<id>', described('cli.kept.id'))
    .addOption(choice('--format <form>', described('cli.scan.format'), FORM_NAMES).default('ndjson'))
    .option('--columns <names>', described('cli.option.columns', { names: COLUMN_NAMES }), parseColumns)
    .option('--out <file>', described('cli.option.out'))
    .option('--overwrite', described('cli.kept.overwrite'))
    .addOption(choice('--origin <origin>', described('cli.kept.only'), ORIGINS))
    .addOption(choice('--integrity <word>', described('cli.kept.only'), INTEGRITIES))
    .option('--signer <name>', described('cli.kept.signer'))
    .option('--errors', described('cli.kept.errors'))
    .addOption(ofTenant())
    .action(async (id: string, options: ExportOptions) =>
      finish(await withStore(io, (store) => exported(id, options, store, io))),
    );
  scan
    .command('recheck')
    .description(described('cli.kept.recheck'))
    .argument('<id>', described('cli.kept.id'))
    .addOption(ofTenant())
    .action(async (id: string, { tenant }: OfTenant) =>
      finish(await (await import('./scan-recheck.js')).recheckKept(id, tenant, io)),
    );
  scan
    .command('import')
    .description(described('cli.kept.import'))
    .argument('<results>', described('cli.kept.importFile'))
    .addOption(ofTenant())
    .action(async (path: string, { tenant }: OfTenant) =>
      finish(await withStore(io, (store) => importInto(store, path, tenant, io))),
    );
  scan
    .command('delete')
    .description(described('cli.kept.delete'))
    .argument('<id>', described('cli.kept.id'))
    .addOption(ofTenant())
    .action(async (id: string, { tenant }: OfTenant) =>
      finish(await withStore(io, (store) => deleted(id, tenant, store, io))),
    );
  addScanDiff(scan, io, finish);
}

async function withStore(io: Io, work: (store: KyselyScans) => Promise<ExitCode>): Promise<ExitCode> {
  const kept = await (await import('./scan-store.js')).openKeptScans(io.env);
  try {
    return await work(kept.store);
  } finally {
    await kept.close();
  }
}

async function scanOf(id: string, tenant: string, store: KyselyScans): Promise<KeptScan> {
  const scan = await store.get(id, tenant);
  if (scan === undefined) throw new UsageError(said('cli.scan.unknown', { scan: id }));
  return scan;
}

async function status(
  id: string | undefined,
  { json = false, tenant }: StatusOptions,
  store: KyselyScans,
  io: Io,
): Promise<ExitCode> {
  const output = new Output(io.stdout);
  if (id === undefined) {
    for (const { id: one, status: state, createdAt, endedAt } of await store.list(tenant, MOST_LISTED)) {
      const listed = { id: one, status: state, createdAt, ...(endedAt && { endedAt }) };
      await (json ? output.json(listed) : output.text(`${one}  ${state.padEnd(9)}  ${createdAt}\n`));
    }
    return EXIT.done;
  }
  const scan = await scanOf(id, tenant, store);
  const now = new Date();
  const [counts, jobs, workers] = await Promise.all([
    store.counts(scan.number),
    store.jobs(scan.number),
    store.workers(scan.number, recently(now)),
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
      ...(scan.run > 1 && { changes: (await changesIn(changedIn(store, scan))).counts }),
      ...handedOut,
      ...(workers.length > 0 && { workers: workers.map((one) => workerTold(one, scan, now)) }),
    });
    return EXIT.done;
  }
  const speech = speechIn(io);
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const about = { scan: id, state: said(`cli.kept.state.${state}`), begun: createdAt };
  write(
    endedAt === undefined
      ? speech.words('cli.kept.begun', about)
      : speech.words('cli.kept.ended', { ...about, ended: endedAt }),
  );
  write(speech.words('cli.kept.sources', { sources: escapeTerminal(sources.join(' ')) }));
  for (const line of goingLines(
    { going, jobs, workers: workers.map((one) => workerTold(one, scan, now)) },
    speech,
  ))
    write(line);
  const { files, bytes, errors } = counts;
  write(speech.words('cli.kept.records', { count: files, size: sizeOf(bytes), errors }));
  if (counts.notFetched > 0) write(`  ${speech.words('cli.scan.notFetched', { count: counts.notFetched })}`);
  if (counts.gone > 0) write(speech.words('cli.kept.gone', { count: counts.gone }));
  if (jobs.handedBack > 0)
    write(
      escapeTerminal(
        speech.words('cli.kept.handedBack', {
          jobs: jobs.handedBack,
          times: jobs.handedBackTimes,
          why: jobs.handedBackFor.join(', '),
        }),
      ),
    );
  if (scan.run > 1) {
    const { counts: since } = await changesIn(changedIn(store, scan));
    const some = CHANGE_GROUPS.filter((group) => since[group] > 0);
    const what =
      some.length === 0 ? [said('cli.diff.none')] : some.map((group) => groupSaid(group, since[group]));
    write(speech.words('cli.kept.run', { run: scan.run, what }));
  }
  for (const [name, values] of Object.entries({ origin: counts.origins, integrity: counts.integrity })) {
    for (const [value, count] of Object.entries(values).sort())
      write(`  ${speech.words('cli.kept.value', { name, value, count })}`);
  }
  await output.text(`${lines.join('\n')}\n`);
  return EXIT.done;
}

/** How it goes, in lines for people. */
function goingLines(
  { going, jobs, workers }: { going: Going; jobs: JobCounts; workers: ReturnType<typeof workerTold>[] },
  speech: Speech,
): string[] {
  const lines: string[] = [];
  const { alive, seenAt, filesPerSecond, etaSeconds } = going;
  if (alive === false)
    lines.push(
      seenAt === undefined
        ? speech.words('cli.kept.neverSeen')
        : speech.words('cli.kept.silent', { since: seenAt }),
    );
  const { filesCancelled, ...handed } = jobs;
  if (jobs.jobs > 0) lines.push(speech.words('cli.kept.jobs', handed));
  if (filesCancelled > 0) lines.push(speech.words('cli.kept.filesCancelled', { count: filesCancelled }));
  const rate = String(filesPerSecond);
  if (filesPerSecond !== undefined)
    lines.push(
      etaSeconds === undefined
        ? speech.words('cli.kept.rate', { rate })
        : speech.words('cli.kept.rateLeft', { rate, left: speech.say(span(etaSeconds)) }),
    );
  for (const { name, files, filesPerSecond: own, holds, seenAt: seen = '' } of workers) {
    const told = { name: escapeTerminal(name), files, rate: String(own), holds, seen };
    lines.push(`  ${speech.words('cli.kept.worker', told)}`);
  }
  return lines;
}

async function cancel(id: string, tenant: string, io: Io): Promise<ExitCode> {
  const kept = await (await import('./scan-store.js')).openKeptScans(io.env);
  try {
    const scan = await scanOf(id, tenant, kept.store);
    const now = new Date().toISOString();
    if (scan.status === 'done') throw new UsageError(said('cli.scan.hasEnded', { scan: id }));
    await kept.store.setStatus(scan.number, 'cancelled', now);
    if (scan.plan !== undefined) {
      const queue = await kept.queue((error) => tell(io, errorSaid(error)));
      await queue.cancel(scan.number, now);
    }
    tell(io, said('cli.scan.isCancelled', { scan: id }));
    return EXIT.done;
  } finally {
    await kept.close();
  }
}

async function importInto(store: KyselyScans, path: string, tenant: string, io: Io): Promise<ExitCode> {
  const { importResults } = await import('../scan/import-results.js');
  const imported = await importResults(path, tenant, store, secretKeysThere(readConfig(io.env).secrets));
  if ('exists' in imported) throw new UsageError(said('cli.kept.exists', { scan: imported.exists }));
  const { scan, records, isWhole } = imported;
  tell(io, said('cli.kept.imported', { scan: scan.id, count: records, path }));
  if (!isWhole) tell(io, said('cli.kept.unfinished', { scan: scan.id }));
  return EXIT.done;
}

/** Of a scan that is under way nobody knows whose record comes next. */
async function deleted(id: string, tenant: string, store: KyselyScans, io: Io): Promise<ExitCode> {
  const scan = await scanOf(id, tenant, store);
  if (scan.status !== 'done' && scan.status !== 'cancelled')
    throw new UsageError(said('cli.kept.underWay', { scan: id }));
  const { files, gone } = await store.counts(scan.number);
  await store.delete(scan.number);
  tell(io, said('cli.kept.deleted', { scan: id, count: files + gone }));
  return EXIT.done;
}

async function exported(id: string, options: ExportOptions, store: KyselyScans, io: Io): Promise<ExitCode> {
  const scan = await scanOf(id, options.tenant, store);
  if (options.columns !== undefined && options.format !== 'csv') {
    throw new UsageError(said('cli.columns.format'));
  }
  const form = await formOf(options.format, options.columns);
  const sink = options.out === undefined ? stdoutSink(io) : await fileSink(options.out, options);
  try {
    await written(scan, form, sink, filterOf(options), store);
  } catch (error) {
    await sink.discard();
    throw error;
  }
  await sink.finish();
  if (scan.status !== 'done') {
    const state = said(`cli.kept.state.${scan.status}`);
    tell(io, said('cli.scan.notDone', { scan: id, state }));
  }
  return EXIT.done;
}

const filterOf = ({ origin, integrity, signer, errors }: ExportOptions): RecordFilter => ({
  ...(origin !== undefined && { origin }),
  ...(integrity !== undefined && { integrity }),
  ...(signer !== undefined && { signer }),
  ...(errors !== undefined && { errors }),
});

/** Until nobody reads any more. */
async function written(
  scan: KeptScan,
  form: Form<string | Uint8Array>,
  sink: Sink,
  filter: RecordFilter,
  store: KyselyScans,
): Promise<void> {
  const tally = emptyTally();
  if (!(await sink.write(form.head(headerOf(scan))))) return;
  for await (const one of recordsOf(scan, filter, store)) {
    if ('error' in one) countError(tally, one.error);
    else countRecord(tally, one.slim);
    if (!(await sink.write(form.record(one)))) return;
  }
  const ended = scan.endedAt ?? new Date().toISOString();
  const seconds = Math.max(0, (Date.parse(ended) - Date.parse(scan.createdAt)) / 1_000);
  await sink.write(form.tail({ schema: 'assay.scan-summary/1', ended, seconds, tally }));
}
