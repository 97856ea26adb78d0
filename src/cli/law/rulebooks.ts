import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { bindsOneOf } from '../../core/law/binding.js';
import type { Rulebook } from '../../core/law/rulebook.js';
import type { PublishedRulebook } from '../../core/law/rulebooks/published.js';
import type { StoredReport } from '../../core/report/report.js';
import type { Language } from '../../i18n/languages.js';
import { message } from '../../i18n/message.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from '../shared/help.js';
import { type InspectFlags, selectRulebooks, withInspectOptions } from '../shared/inspect-options.js';
import type { Io } from '../shared/io.js';
import { userLanguage } from '../shared/language.js';
import { LANGUAGE_HELP, parseDate, parseLanguage } from '../shared/options.js';
import { Output } from '../shared/output.js';

type Finish = (code: ExitCode) => void;

export interface RulebookOptions extends InspectFlags<'rulebooks'> {
  json?: boolean;
  lang: Language;
}

interface CalendarOptions extends RulebookOptions {
  from?: string;
}

interface DiffOptions extends RulebookOptions {
  from: string;
  to: string;
  report?: string;
}

/** Adds `assay rulebooks`, which shows the encoded law and its changes. */
export function addRulebooksCommand(program: Command, io: Io, finish: Finish): void {
  const rulebooks = program.command('rulebooks').description(encodeDescription('cli.rulebooks.about'));
  setHelpEnd(rulebooks, { examples: EXAMPLES });
  withOptions(
    rulebooks.command('list', { isDefault: true }).description(encodeDescription('cli.rulebooks.list')),
    io,
  )
    // An unknown word after `rulebooks` reaches the default command, which rejects it.
    .allowExcessArguments()
    .action(async (options: RulebookOptions, { args: [stray] }: Command) => {
      if (stray !== undefined) throw new UsageError(message('cli.rulebooks.noCommand', { name: stray }));
      finish(await listRulebooks(options, io));
    });
  withOptions(
    rulebooks
      .command('show')
      .description(encodeDescription('cli.rulebooks.show'))
      .argument('<id>', encodeDescription('cli.rulebooks.id')),
    io,
  ).action(async (id: string, options: RulebookOptions) => finish(await showRulebook(id, options, io)));
  withOptions(
    rulebooks.command('watched').description(encodeDescription('cli.rulebooks.watched')),
    io,
  ).action(async (options: RulebookOptions) => finish(await listWatchedLaw(options, io)));
  withOptions(rulebooks.command('calendar').description(encodeDescription('cli.rulebooks.calendar')), io)
    .option('--from <date>', encodeDescription('cli.rulebooks.calendarFrom'), parseDate)
    .action(async (options: CalendarOptions) => finish(await showCalendar(options, io)));
  withOptions(rulebooks.command('diff').description(encodeDescription('cli.rulebooks.diff')), io)
    .requiredOption('--from <date>', encodeDescription('cli.rulebooks.from'), parseDate)
    .requiredOption('--to <date>', encodeDescription('cli.rulebooks.to'), parseDate)
    .option('--report <file>', encodeDescription('cli.rulebooks.report'))
    .action(async (options: DiffOptions) => finish(await diffRulebooks(options, io)));
}

const withOptions = (command: Command, io: Io): Command =>
  withInspectOptions(
    command
      .option('--json', encodeDescription('cli.option.json'))
      .option('--lang <language>', LANGUAGE_HELP, parseLanguage, userLanguage(undefined, io.env)),
    'rulebooks',
  );

async function listRulebooks(options: RulebookOptions, io: Io): Promise<ExitCode> {
  const books = await selectedBooks(options);
  const [{ listText }, { toPublishedRulebook: publishedRulebook }] = await loadTextsAndData();
  await printResult(
    options,
    io,
    {
      schema: 'assay.rulebooks/1',
      rulebooks: books.map((book) => summaryOf(publishedRulebook(book, today()))),
    },
    () => listText(books, options, today()),
  );
  return EXIT.done;
}

async function showRulebook(id: string, options: RulebookOptions, io: Io): Promise<ExitCode> {
  const [book] = await selectedBooks(options, [id]);
  if (!book) throw new UsageError(message('cli.rulebooks.noneLeft', { id }));
  const [{ showText }, { toPublishedRulebook: publishedRulebook }] = await loadTextsAndData();
  await printResult(options, io, publishedRulebook(book, today()), () => showText(book, options, today()));
  return EXIT.done;
}

/** Lists watched law. A country includes its states, as for rulebooks; jurisdictions without a rulebook are included. */
async function listWatchedLaw(options: RulebookOptions, io: Io): Promise<ExitCode> {
  const { jurisdiction: jurisdictions, lang } = options;
  const [
    { toPublishedWatchedLaw: publishedWatched, loadWatchedLaw: watchedLaw, isWatchedIn },
    { watchedText },
  ] = await Promise.all([import('../../core/law/watched.js'), import('./rulebooks-text.js')]);
  const isSelected = (one: { jurisdiction: string }) => isWatchedIn(one, jurisdictions);
  await printResult(
    options,
    io,
    { schema: 'assay.watched-law/1', watched: publishedWatched().filter(isSelected) },
    () => watchedText(watchedLaw(lang).filter(isSelected), options),
  );
  return EXIT.done;
}

const loadTextsAndData = () =>
  Promise.all([import('./rulebooks-text.js'), import('../../core/law/rulebooks/published.js')]);

async function diffRulebooks(options: DiffOptions, io: Io): Promise<ExitCode> {
  if (options.to <= options.from) throw new UsageError(message('cli.rulebooks.order'));
  const { findLawChanges, findingChanges } = await import('../../core/law/rulebook-diff.js');
  const { publishChanges } = await import('../../core/law/published-changes.js');
  const { diffText, localizeChange: toldChange } = await import('./rulebooks-text.js');
  const { from, to, lang: language } = options;
  const changes = findLawChanges(selectionOf(options), { from, to }, language);
  const { books } = changes;
  const report = options.report === undefined ? undefined : await readReport(options.report);
  const file = report && {
    report,
    outcomes: findingChanges(report, books, options.from, options.to, options.role),
  };
  const json = {
    schema: 'assay.rulebooks-diff/1',
    ...{ from, to },
    ...publishChanges(changes),
    ...(file && { findings: file.outcomes.map((change) => toldChange(change, file.report, books, options)) }),
  };
  await printResult(options, io, json, () => diffText({ ...changes, ...(file && { file }), options }));
  return EXIT.done;
}

async function showCalendar(options: CalendarOptions, io: Io): Promise<ExitCode> {
  const { findCalendar } = await import('../../core/law/rulebook-diff.js');
  const { publishChanges } = await import('../../core/law/published-changes.js');
  const { calendarText } = await import('./rulebooks-text.js');
  const { lang, role } = options;
  const asked = { from: options.from ?? today(), ...selectionOf(options) };
  const { changes, ...days } = findCalendar(asked, lang);
  await printResult(
    options,
    io,
    { schema: 'assay.law-calendar/1', ...days, ...publishChanges(changes) },
    () => calendarText(changes, { ...days, ...(role && { role }), lang }),
  );
  return EXIT.done;
}

const selectionOf = ({ jurisdiction, role }: RulebookOptions) => ({
  ...(jurisdiction && { jurisdictions: jurisdiction }),
  ...(role && { roles: role }),
});

/** Selects rulebooks by id, jurisdiction and role. Books without a clause that binds the role are left out. */
async function selectedBooks(options: RulebookOptions, ids?: string[]): Promise<Rulebook[]> {
  const { loadRulebooks } = await import('../../core/law/rulebooks/index.js');
  const { jurisdiction, role } = options;
  const books = loadRulebooks(
    await selectRulebooks({ ...(ids && { rulebooks: ids }), ...(jurisdiction && { jurisdiction }) }),
  );
  if (role === undefined) return books;
  return books
    .map((book) => ({
      ...book,
      rules: book.rules.filter((rule) => bindsOneOf(rule, role)),
    }))
    .filter(({ rules }) => rules.length > 0);
}

function summaryOf({ rules, ...book }: PublishedRulebook) {
  const begins = rules.flatMap(({ periods }) => periods.map(({ from }) => from)).sort();
  return {
    ...book,
    clauses: rules.length,
    firstInForce: begins[0],
    lastToBegin: begins.at(-1),
    notYetCompared: rules.filter(({ verified }) => !verified).length,
  };
}

const MAX_REPORT_BYTES = 32 * 1024 ** 2;

async function readReport(path: string): Promise<StoredReport> {
  const text = await readBounded(path);
  const { Check } = await import('typebox/schema');
  const [{ ReportSchema }, { toStoredReport }] = await Promise.all([
    import('../../core/report/report.js'),
    import('../../core/law/localize.js'),
  ]);
  const value = parseJson(text, path);
  if (!Check(ReportSchema, value)) {
    throw new UsageError(message('cli.rulebooks.noReport', { path }));
  }
  return toStoredReport(value);
}

async function readBounded(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MAX_REPORT_BYTES) throw new UsageError(message('cli.rulebooks.tooLarge', { path }));
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(message('cli.rulebooks.unread', { path }), { cause: error });
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(message('cli.rulebooks.noJson', { path }), { cause });
  }
}

async function printResult(
  options: RulebookOptions,
  io: Io,
  json: unknown,
  text: () => string,
): Promise<void> {
  const output = new Output(io.stdout);
  await (options.json ? output.json(json) : output.text(text()));
}

const today = (): string => new Date().toISOString().slice(0, 10);

const EXAMPLES = [
  'assay rulebooks',
  'assay rulebooks show eu-ai-act-art-50',
  'assay rulebooks watched --jurisdiction KR',
  'assay rulebooks calendar --jurisdiction EU --role provider',
  'assay rulebooks diff --from 2026-11-25 --to 2027-02-01',
  'assay inspect --json photo.jpg > report.json',
  'assay rulebooks diff --from 2026-11-25 --to 2026-12-02 --report report.json',
];
