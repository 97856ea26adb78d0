import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { bindsOneOf } from '../core/law/binding.js';
import type { Rulebook } from '../core/law/rulebook.js';
import type { PublishedRulebook } from '../core/law/rulebooks/published.js';
import type { Report } from '../core/report/report.js';
import type { Language } from '../say/languages.js';
import { said } from '../say/said.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { described, endHelp } from './help.js';
import type { Io } from './io.js';
import { spoken } from './language.js';
import { LANGUAGE_HELP, parseDate, parseLanguage } from './options.js';
import { Output } from './output.js';
import { chosenRulebooks, type QuestionOptions, withQuestion } from './question-options.js';

type Finish = (code: ExitCode) => void;

export interface RulebookOptions extends QuestionOptions<'rulebooks'> {
  json?: boolean;
  lang: Language;
}

interface DiffOptions extends RulebookOptions {
  from: string;
  to: string;
  report?: string;
}

/** `assay rulebooks`: what is known of the law, and what of it changes between two days. */
export function addRulebooksCommand(program: Command, io: Io, finish: Finish): void {
  const rulebooks = program.command('rulebooks').description(described('cli.rulebooks.about'));
  endHelp(rulebooks, { examples: EXAMPLES });
  withOptions(rulebooks.command('list', { isDefault: true }).description(described('cli.rulebooks.list')), io)
    // What follows `rulebooks` and is no command of it comes here.
    .allowExcessArguments()
    .action(async (options: RulebookOptions, { args: [stray] }: Command) => {
      if (stray !== undefined) throw new UsageError(said('cli.rulebooks.noCommand', { name: stray }));
      finish(await list(options, io));
    });
  withOptions(
    rulebooks
      .command('show')
      .description(described('cli.rulebooks.show'))
      .argument('<id>', described('cli.rulebooks.id')),
    io,
  ).action(async (id: string, options: RulebookOptions) => finish(await show(id, options, io)));
  withOptions(rulebooks.command('watched').description(described('cli.rulebooks.watched')), io).action(
    async (options: RulebookOptions) => finish(await watched(options, io)),
  );
  withOptions(rulebooks.command('diff').description(described('cli.rulebooks.diff')), io)
    .requiredOption('--from <date>', described('cli.rulebooks.from'), parseDate)
    .requiredOption('--to <date>', described('cli.rulebooks.to'), parseDate)
    .option('--report <file>', described('cli.rulebooks.report'))
    .action(async (options: DiffOptions) => finish(await diff(options, io)));
}

const withOptions = (command: Command, io: Io): Command =>
  withQuestion(
    command
      .option('--json', described('cli.option.json'))
      .option('--lang <language>', LANGUAGE_HELP, parseLanguage, spoken(undefined, io.env)),
    'rulebooks',
  );

async function list(options: RulebookOptions, io: Io): Promise<ExitCode> {
  const books = await chosen(options);
  const [{ listText }, { publishedRulebook }] = await textsAndData();
  await print(
    options,
    io,
    { schema: 'assay.rulebooks/1', rulebooks: books.map((book) => head(publishedRulebook(book, today()))) },
    () => listText(books, options, today()),
  );
  return EXIT.done;
}

async function show(id: string, options: RulebookOptions, io: Io): Promise<ExitCode> {
  const [book] = await chosen(options, [id]);
  if (!book) throw new UsageError(said('cli.rulebooks.noneLeft', { id }));
  const [{ showText }, { publishedRulebook }] = await textsAndData();
  await print(options, io, publishedRulebook(book, today()), () => showText(book, options, today()));
  return EXIT.done;
}

/** A country with its states, as of the rulebooks; places that no rulebook is of are here too. */
async function watched(options: RulebookOptions, io: Io): Promise<ExitCode> {
  const { jurisdiction: places, lang } = options;
  const [{ publishedWatched, watchedLaw }, { countryOf }, { watchedText }] = await Promise.all([
    import('../core/law/watched.js'),
    import('../core/law/rulebooks/index.js'),
    import('./rulebooks-text.js'),
  ]);
  const isThere = ({ jurisdiction }: { jurisdiction: string }) =>
    places === undefined || places.includes(jurisdiction) || places.includes(countryOf(jurisdiction));
  await print(
    options,
    io,
    { schema: 'assay.watched-law/1', watched: publishedWatched().filter(isThere) },
    () => watchedText(watchedLaw(lang).filter(isThere), options),
  );
  return EXIT.done;
}

const textsAndData = () =>
  Promise.all([import('./rulebooks-text.js'), import('../core/law/rulebooks/published.js')]);

async function diff(options: DiffOptions, io: Io): Promise<ExitCode> {
  if (options.to <= options.from) throw new UsageError(said('cli.rulebooks.order'));
  const books = await chosen(options);
  const [{ changesBetween, findingChanges }, { diffText, toldChange }] = await Promise.all([
    import('../core/law/rulebook-diff.js'),
    import('./rulebooks-text.js'),
  ]);
  const changes = changesBetween(books, options.from, options.to);
  const report = options.report === undefined ? undefined : await readReport(options.report);
  const file = report && {
    report,
    outcomes: findingChanges(report, books, options.from, options.to, options.role),
  };
  const json = {
    schema: 'assay.rulebooks-diff/1',
    from: options.from,
    to: options.to,
    changes: changes.map(({ rule, ...change }) => ({ ...change, rule: rule.id, clause: rule.clause })),
    ...(file && { findings: file.outcomes.map((change) => toldChange(change, file.report, books, options)) }),
  };
  await print(options, io, json, () => diffText({ books, changes, ...(file && { file }), options }));
  return EXIT.done;
}

/** By id, jurisdiction and role; a book none of whose clauses binds the role is left out. */
async function chosen(options: RulebookOptions, ids?: string[]): Promise<Rulebook[]> {
  const { loadRulebooks } = await import('../core/law/rulebooks/index.js');
  const { jurisdiction, role } = options;
  const books = loadRulebooks(
    await chosenRulebooks({ ...(ids && { rulebooks: ids }), ...(jurisdiction && { jurisdiction }) }),
  );
  if (role === undefined) return books;
  return books
    .map((book) => ({
      ...book,
      rules: book.rules.filter((rule) => bindsOneOf(rule, role)),
    }))
    .filter(({ rules }) => rules.length > 0);
}

function head({ rules, ...book }: PublishedRulebook) {
  const begins = rules.flatMap(({ periods }) => periods.map(({ from }) => from)).sort();
  return {
    ...book,
    clauses: rules.length,
    firstInForce: begins[0],
    lastToBegin: begins.at(-1),
    notYetCompared: rules.filter(({ verified }) => !verified).length,
  };
}

const MOST_REPORT_BYTES = 32 * 1024 ** 2;

async function readReport(path: string): Promise<Report> {
  const text = await readBounded(path);
  const { Check } = await import('typebox/schema');
  const { ReportSchema } = await import('../core/report/report.js');
  const { reportOfBefore } = await import('../core/analysis/report-of-before.js');
  const value = reportOfBefore(parsed(text, path));
  if (!Check(ReportSchema, value)) {
    throw new UsageError(said('cli.rulebooks.noReport', { path }));
  }
  return value as Report;
}

async function readBounded(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MOST_REPORT_BYTES) throw new UsageError(said('cli.rulebooks.tooLarge', { path }));
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(said('cli.rulebooks.unread', { path }), { cause: error });
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(said('cli.rulebooks.noJson', { path }), { cause });
  }
}

async function print(options: RulebookOptions, io: Io, json: unknown, text: () => string): Promise<void> {
  const output = new Output(io.stdout);
  await (options.json ? output.json(json) : output.text(text()));
}

const today = (): string => new Date().toISOString().slice(0, 10);

const EXAMPLES = [
  'assay rulebooks',
  'assay rulebooks show eu-ai-act-art-50',
  'assay rulebooks watched --jurisdiction KR',
  'assay rulebooks diff --from 2026-11-25 --to 2027-02-01',
  'assay inspect --json photo.jpg > report.json',
  'assay rulebooks diff --from 2026-11-25 --to 2026-12-02 --report report.json',
];
