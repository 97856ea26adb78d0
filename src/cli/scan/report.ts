import { statSync } from 'node:fs';
import type { Command } from 'commander';
import type { ErrorRecord } from '../../core/report/report.js';
import type { Language } from '../../i18n/languages.js';
import { message } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import { AtomicFile } from '../../scan/duplicates/whole-file.js';
import { convertResults } from '../../scan/lines/convert.js';
import { COLUMN_NAMES, type ColumnName, csvHead, csvRow } from '../../scan/lines/csv.js';
import { readRecords } from '../../scan/lines/latest-records.js';
import { isGone, readOverview } from '../../scan/overview/overview.js';
import { renderOverviewPage } from '../../scan/overview/overview-page.js';
import { renderOverviewText } from '../../scan/overview/overview-text.js';
import {
  GROUPS,
  type GroupFilter,
  groupKeysOf,
  matchesFilters,
  parseGroupFilter,
} from '../../scan/records/groups.js';
import { localizeErrorRecord, localizeRecord } from '../../scan/records/localize-record.js';
import type { ScanRecord } from '../../scan/records/record.js';
import { InvalidValueError } from '../shared/command.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from '../shared/help.js';
import { type Io, translatorForUser } from '../shared/io.js';
import { choiceOption, LANGUAGE_HELP, parseLanguage } from '../shared/options.js';
import { Output } from '../shared/output.js';
import { parseColumns } from './scan-options.js';

interface ReportOptions {
  format: 'html' | 'text' | 'csv' | 'ndjson' | 'parquet';
  columns?: ColumnName[];
  only?: GroupFilter[];
  lang?: Language;
  out?: string;
}

/** Adds `assay report`, which converts results of scans to another format without reading any file again. */
export function addReportCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const command = program
    .command('report')
    .description(encodeDescription('cli.report.about'))
    .argument('<results...>', encodeDescription('cli.report.results'))
    .addOption(
      choiceOption('--format <form>', encodeDescription('cli.report.format'), [
        'html',
        'text',
        'csv',
        'ndjson',
        'parquet',
      ]).default('html'),
    )
    .option(
      '--columns <names>',
      encodeDescription('cli.option.columns', { names: COLUMN_NAMES }),
      parseColumns,
    )
    .option('--only <group=name>', encodeDescription('cli.report.only', { names: GROUPS }), parseOnly)
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .option('--out <file>', encodeDescription('cli.option.out'))
    .action(async (files: string[], options: ReportOptions) => finish(await report(files, options, io)));
  setHelpEnd(command, { examples: EXAMPLES });
}

function parseOnly(text: string, before: readonly GroupFilter[] = []): GroupFilter[] {
  const only = parseGroupFilter(text);
  if (only === undefined) throw new InvalidValueError(message('cli.report.onlyForm', { names: GROUPS }));
  return [...before, only];
}

async function report(files: string[], options: ReportOptions, io: Io): Promise<ExitCode> {
  if (options.columns !== undefined && options.format !== 'csv')
    throw new UsageError(message('cli.columns.format'));
  const { out } = options;
  const asOut = out === undefined ? undefined : files.find((file) => isSameFile(file, out));
  if (asOut !== undefined) throw new UsageError(message('cli.report.same', { path: String(out) }));
  await (options.out === undefined
    ? writeToStdout(outputPieces(files, options, io), io)
    : writeToFile(outputPieces(files, options, io), options.out));
  return EXIT.done;
}

/** Compares the files themselves, because links may give one file several names. */
function isSameFile(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return one?.isFile() === true && one.ino === other?.ino && one.dev === other?.dev;
}

async function* outputPieces(
  files: string[],
  { format, columns = COLUMN_NAMES, only = [], lang }: ReportOptions,
  io: Io,
): AsyncGenerator<string | Uint8Array> {
  if (format === 'html') {
    const query = { results: files, only };
    yield renderOverviewPage(
      await readOverview(files, only),
      new Date().toISOString(),
      translatorForUser(io),
      query,
    );
    return;
  }
  if (format === 'text') {
    yield renderOverviewText(await readOverview(files, only), translatorForUser(io));
    return;
  }
  const translator = lang && translatorFor(lang);
  const isWanted = (record: ScanRecord | ErrorRecord) =>
    only.length === 0 || (!isGone(record) && matchesFilters(groupKeysOf(record), only));
  const localize = (record: ScanRecord | ErrorRecord) =>
    translator === undefined ? record : localizeLine(record, translator);
  if (format !== 'csv') {
    yield* convertResults(files, { format, isWanted, transform: localize });
    return;
  }
  yield csvHead(columns);
  for (const file of files)
    for await (const record of readRecords(file))
      if (isWanted(record)) yield csvRow(localize(record), columns);
}

const localizeLine = (record: ScanRecord | ErrorRecord, translator: Translator) =>
  'code' in record ? localizeErrorRecord(record, translator) : localizeRecord(record, translator);

async function writeToStdout(texts: AsyncIterable<string | Uint8Array>, io: Io): Promise<void> {
  const output = new Output(io.stdout);
  for await (const text of texts) if (!(await output.write(text))) return;
}

/** The output file appears complete or not at all. */
async function writeToFile(texts: AsyncIterable<string | Uint8Array>, out: string): Promise<void> {
  const file = await AtomicFile.begin(out);
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
