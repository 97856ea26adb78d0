import { statSync } from 'node:fs';
import type { Command } from 'commander';
import type { ErrorRecord } from '../core/report/report.js';
import type { Language } from '../say/languages.js';
import { said } from '../say/said.js';
import { type Speech, speechOf } from '../say/speech.js';
import { converted } from '../scan/converted.js';
import { COLUMN_NAMES, type ColumnName, csvHead, csvRow } from '../scan/csv.js';
import { isGone, overviewOf } from '../scan/overview.js';
import { overviewPage } from '../scan/overview-page.js';
import { overviewText } from '../scan/overview-text.js';
import { GROUPS, type Only, onlyOf, placesOf, standsUnder } from '../scan/places.js';
import type { SlimRecord } from '../scan/record.js';
import { recordsIn } from '../scan/records-in.js';
import { errorTold, recordTold } from '../scan/told.js';
import { WholeFile } from '../scan/whole-file.js';
import { BadValue } from './command.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { described, endHelp } from './help.js';
import { type Io, speechIn } from './io.js';
import { choice, LANGUAGE_HELP, parseLanguage } from './options.js';
import { Output } from './output.js';
import { parseColumns } from './scan-options.js';

interface ReportOptions {
  format: 'html' | 'text' | 'csv' | 'ndjson' | 'parquet';
  columns?: ColumnName[];
  only?: Only[];
  lang?: Language;
  out?: string;
}

/** `assay report`: results of scans in another form; no file is read again. */
export function addReportCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const command = program
    .command('report')
    .description(described('cli.report.about'))
    .argument('<results...>', described('cli.report.results'))
    .addOption(
      choice('--format <form>', described('cli.report.format'), [
        'html',
        'text',
        'csv',
        'ndjson',
        'parquet',
      ]).default('html'),
    )
    .option('--columns <names>', described('cli.option.columns', { names: COLUMN_NAMES }), parseColumns)
    .option('--only <group=name>', described('cli.report.only', { names: GROUPS }), parseOnly)
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .option('--out <file>', described('cli.option.out'))
    .action(async (files: string[], options: ReportOptions) => finish(await report(files, options, io)));
  endHelp(command, { examples: EXAMPLES });
}

function parseOnly(text: string, before: readonly Only[] = []): Only[] {
  const only = onlyOf(text);
  if (only === undefined) throw new BadValue(said('cli.report.onlyForm', { names: GROUPS }));
  return [...before, only];
}

async function report(files: string[], options: ReportOptions, io: Io): Promise<ExitCode> {
  if (options.columns !== undefined && options.format !== 'csv')
    throw new UsageError(said('cli.columns.format'));
  const { out } = options;
  const asOut = out === undefined ? undefined : files.find((file) => sameFile(file, out));
  if (asOut !== undefined) throw new UsageError(said('cli.report.same', { path: String(out) }));
  await (options.out === undefined
    ? toStdout(pieces(files, options, io), io)
    : toFile(pieces(files, options, io), options.out));
  return EXIT.done;
}

/** Whatever the names: links lead to the same. */
function sameFile(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return one?.isFile() === true && one.ino === other?.ino && one.dev === other?.dev;
}

async function* pieces(
  files: string[],
  { format, columns = COLUMN_NAMES, only = [], lang }: ReportOptions,
  io: Io,
): AsyncGenerator<string | Uint8Array> {
  if (format === 'html') {
    const asked = { results: files, only };
    yield overviewPage(await overviewOf(files, only), new Date().toISOString(), speechIn(io), asked);
    return;
  }
  if (format === 'text') {
    yield overviewText(await overviewOf(files, only), speechIn(io));
    return;
  }
  const speech = lang && speechOf(lang);
  const wants = (record: SlimRecord | ErrorRecord) =>
    only.length === 0 || (!isGone(record) && standsUnder(placesOf(record), only));
  const changed = (record: SlimRecord | ErrorRecord) =>
    speech === undefined ? record : told(record, speech);
  if (format !== 'csv') {
    yield* converted(files, { format, wants, changed });
    return;
  }
  yield csvHead(columns);
  for (const file of files)
    for await (const record of recordsIn(file)) if (wants(record)) yield csvRow(changed(record), columns);
}

const told = (record: SlimRecord | ErrorRecord, speech: Speech) =>
  'code' in record ? errorTold(record, speech) : recordTold(record, speech);

async function toStdout(texts: AsyncIterable<string | Uint8Array>, io: Io): Promise<void> {
  const output = new Output(io.stdout);
  for await (const text of texts) if (!(await output.piece(text))) return;
}

/** The name stands for a whole file or for none. */
async function toFile(texts: AsyncIterable<string | Uint8Array>, out: string): Promise<void> {
  const file = await WholeFile.begin(out);
  try {
    for await (const text of texts) await file.write(text);
  } catch (error) {
    await file.discard();
    throw error;
  }
  await file.finish();
}

const EXAMPLES = [
  'assay report results.ndjson --out summary.html',
  'assay report results.ndjson --format csv --columns path,origin,signer > results.csv',
  'assay report results.ndjson --format parquet --out results.parquet',
  'assay report results.ndjson --only ai=label --format csv --columns path,headline,who,changed,ai,when',
];
