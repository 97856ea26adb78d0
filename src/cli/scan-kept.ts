import type { Command } from 'commander';
import { escapeTerminal } from '../core/renderers/terminal-escape.js';
import { INTEGRITIES, ORIGINS } from '../core/report/report.js';
import { said } from '../say/said.js';
import { errorSaid } from '../say/said-error.js';
import type { Speech } from '../say/speech.js';
import { COLUMN_NAMES, type ColumnName } from '../scan/csv.js';
import { FORM_NAMES, type Form, type FormName, formOf } from '../scan/forms.js';
import { parseLine } from '../scan/parse.js';
import type { Said } from '../scan/results.js';
import { slimOfFull } from '../scan/slim.js';
import type { Sink } from '../scan/stream-results.js';
import { countError, countRecord, emptyTally } from '../scan/tally.js';
import type { JobCounts, KeptScan, RecordFilter, ScanStore } from '../store/scans.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { described } from './help.js';
import { type Io, speechIn, tell } from './io.js';
import { choice } from './options.js';
import { type Going, progressOf, recently, workerTold } from './scan-going.js';
import { headerOf } from './scan-header.js';
import { parseColumns } from './scan-options.js';
import { sizeOf, span } from './scan-progress.js';
import { fileSink, stdoutSink } from './scan-results.js';

const MOST_LISTED = 100;
const PAGE_RECORDS = 500;

interface ExportOptions {
  format: FormName;
  columns?: ColumnName[];
  out?: string;
  overwrite?: boolean;
  origin?: string;
  integrity?: string;
  signer?: string;
  errors?: boolean;
}

/** `assay scan status · cancel · export`: scans whose records are kept in the database. */
export function addKeptScanCommands(scan: Command, io: Io, finish: (code: ExitCode) => void): void {
  scan
    .command('status')
    .description(described('cli.kept.status'))
    .argument('[id]', described('cli.kept.id'))
    .option('--json', described('cli.kept.json'))
    .action(async (id: string | undefined, options: { json?: boolean }) =>
      finish(await withStore(io, (store) => status(id, options, store, io))),
    );
  scan
    .command('cancel')
    .description(described('cli.kept.cancel'))
    .argument('<id>', described('cli.kept.id'))
    .action(async (id: string) => finish(await cancel(id, io)));
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
    .action(async (id: string, options: ExportOptions) =>
      finish(await withStore(io, (store) => exported(id, options, store, io))),
    );
}

async function withStore(io: Io, work: (store: ScanStore) => Promise<ExitCode>): Promise<ExitCode> {
  const kept = await (await import('./scan-store.js')).openKeptScans(io.env);
  try {
    return await work(kept.store);
  } finally {
    await kept.close();
  }
}

async function scanOf(id: string, store: ScanStore): Promise<KeptScan> {
  const scan = await store.get(id);
  if (scan === undefined) throw new UsageError(said('cli.scan.unknown', { scan: id }));
  return scan;
}

async function status(
  id: string | undefined,
  { json = false }: { json?: boolean },
  store: ScanStore,
  io: Io,
): Promise<ExitCode> {
  const write = (line: string) => io.stdout.write(`${line}\n`);
  if (id === undefined) {
    for (const { id: one, status: state, createdAt, endedAt } of await store.list(MOST_LISTED)) {
      const listed = { id: one, status: state, createdAt, ...(endedAt && { endedAt }) };
      write(json ? JSON.stringify(listed) : `${one}  ${state.padEnd(9)}  ${createdAt}`);
    }
    return EXIT.done;
  }
  const scan = await scanOf(id, store);
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
    write(
      JSON.stringify({
        id,
        status: state,
        createdAt,
        ...(endedAt && { endedAt }),
        sources,
        ...going,
        records: counts,
        ...handedOut,
        ...(workers.length > 0 && { workers: workers.map((one) => workerTold(one, scan, now)) }),
      }),
    );
    return EXIT.done;
  }
  const speech = speechIn(io);
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
  for (const [name, values] of Object.entries({ origin: counts.origins, integrity: counts.integrity })) {
    for (const [value, count] of Object.entries(values).sort())
      write(`  ${speech.words('cli.kept.value', { name, value, count })}`);
  }
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

async function cancel(id: string, io: Io): Promise<ExitCode> {
  const kept = await (await import('./scan-store.js')).openKeptScans(io.env);
  try {
    const scan = await scanOf(id, kept.store);
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

async function exported(id: string, options: ExportOptions, store: ScanStore, io: Io): Promise<ExitCode> {
  const scan = await scanOf(id, store);
  if (options.columns !== undefined && options.format !== 'csv') {
    throw new UsageError(said('cli.columns.format'));
  }
  const form = formOf(options.format, options.columns);
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
  form: Form,
  sink: Sink,
  filter: RecordFilter,
  store: ScanStore,
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

async function* recordsOf(scan: KeptScan, filter: RecordFilter, store: ScanStore): AsyncGenerator<Said> {
  for (let after: string | undefined; ; ) {
    const page = await store.page(scan.number, {
      most: PAGE_RECORDS,
      filter,
      ...(after !== undefined && { after }),
    });
    for (const { record } of page) yield saidIn(record, scan);
    after = page.at(-1)?.key;
    if (page.length < PAGE_RECORDS || after === undefined) return;
  }
}

function saidIn(record: string, scan: KeptScan): Said {
  const line = parseLine(record);
  if (line?.is === 'error') return { error: line.record };
  if (line?.is === 'slim') return { slim: line.record };
  if (line?.is === 'full') return { slim: slimOfFull(line.record), full: line.record };
  throw new UsageError(said('cli.scan.otherRecord', { scan: scan.id }));
}
