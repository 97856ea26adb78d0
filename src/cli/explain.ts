import type { Command } from 'commander';
import type { Language } from '../say/languages.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import type { Io } from './io.js';
import { LANGUAGE_HELP, spoken } from './language.js';
import { parseLanguage } from './options.js';
import { Output } from './output.js';

interface Options {
  json?: boolean;
  lang?: Language;
}

type Finish = (code: ExitCode) => void;

/** `assay signals` and `assay explain`: what the words of a Report mean. */
export function addExplainCommands(program: Command, io: Io, finish: Finish): void {
  program
    .command('signals')
    .description('every signal that a Report can hold, and what it means')
    .argument('[start]', 'only those whose id begins so, as c2pa.integrity')
    .option('--json', 'one JSON object on stdout')
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .action(async (start: string | undefined, options: Options) => finish(await signals(start, options, io)));
  program
    .command('explain')
    .description('a signal, a clause or another word of a Report in plain words')
    .argument('<code>', 'as it stands in a Report: a signal, a rule, a rulebook, a backing, a state')
    .option('--json', 'one JSON object on stdout')
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .addHelpText('after', HELP_END)
    .action(async (code: string, options: Options) => finish(await explain(code, options, io)));
}

async function signals(start: string | undefined, options: Options, io: Io): Promise<ExitCode> {
  const [{ signalCatalogue }, { signalsText }, { WORDS }] = await Promise.all([
    import('../core/signal-list.js'),
    import('./explain-text.js'),
    import('../core/words/all.js'),
  ]);
  const begins = ({ id }: { id: string }) => start === undefined || id.startsWith(start);
  const { signals: all, ...beside } = signalCatalogue();
  const rows = all.filter(begins);
  if (rows.length === 0) throw new UsageError(`no signal begins with ${start}; assay signals lists them all`);
  const lang = options.json ? (options.lang ?? 'en') : spoken(options.lang, io.env);
  const said = rows.map((row) => ({ ...row, meaning: WORDS[lang].signals[row.id] }));
  await new Output(io.stdout).write(
    options.json
      ? `${JSON.stringify({ schema: 'assay.signals/1', signals: said, ...beside })}\n`
      : signalsText(rows, lang),
  );
  return EXIT.done;
}

async function explain(code: string, options: Options, io: Io): Promise<ExitCode> {
  const [{ explainable, explained }, { explainText }, { loadRulebooks }, { publishedRule }] =
    await Promise.all([
      import('./explanation.js'),
      import('./explain-text.js'),
      import('../core/rulebooks/index.js'),
      import('../core/rulebooks/published.js'),
    ]);
  const books = loadRulebooks();
  const lang = options.json ? (options.lang ?? 'en') : spoken(options.lang, io.env);
  const found = explained(code, books, lang);
  if (found.length === 0) throw new UsageError(unknown(code, explainable(books)));
  const meanings = found.map((one) =>
    'book' in one
      ? {
          kind: one.kind,
          meaning: one.meaning,
          rulebook: one.book.id,
          ...('rule' in one && { rule: publishedRule(one.book, one.rule) }),
        }
      : one,
  );
  await new Output(io.stdout).write(
    options.json
      ? `${JSON.stringify({ schema: 'assay.explanation/1', code, meanings })}\n`
      : explainText(found, books, lang),
  );
  return EXIT.done;
}

const MOST_NEAR = 5;

function unknown(code: string, all: readonly string[]): string {
  const near = all.filter((one) => one.toLowerCase().includes(code.toLowerCase())).slice(0, MOST_NEAR);
  const hint =
    near.length > 0
      ? `there is ${near.join(', ')}`
      : 'assay signals lists the signals, assay rulebooks show ID the clauses; codes of the C2PA engines are explained in the Report beside them';
  return `${code} is no signal, clause or state that this version knows; ${hint}`;
}

const HELP_END = `
Examples:
  assay explain c2pa.integrity.altered
  assay explain eu-ai-act-art-50
  assay explain expired-without-timestamp --lang zh-Hans
  assay signals gb45438`;
