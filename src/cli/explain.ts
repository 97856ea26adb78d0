import type { Command } from 'commander';
import { utcDay } from '../question/asked.js';
import type { Language } from '../say/languages.js';
import { type Said, said } from '../say/said.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { described, endHelp } from './help.js';
import type { Io } from './io.js';
import { spoken } from './language.js';
import { LANGUAGE_HELP, parseLanguage } from './options.js';
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
    .description(described('cli.signals.about'))
    .argument('[start]', described('cli.signals.start'))
    .option('--json', described('cli.option.json'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .action(async (start: string | undefined, options: Options) => finish(await signals(start, options, io)));
  const toExplain = program
    .command('explain')
    .description(described('cli.explain.about'))
    .argument('<code>', described('cli.explain.code'))
    .option('--json', described('cli.option.json'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .action(async (code: string, options: Options) => finish(await explain(code, options, io)));
  endHelp(toExplain, { examples: EXAMPLES });
}

async function signals(start: string | undefined, options: Options, io: Io): Promise<ExitCode> {
  const [{ signalCatalogue }, { signalsText }] = await Promise.all([
    import('../core/detectors/signal-list.js'),
    import('./explain-text.js'),
  ]);
  const begins = ({ id }: { id: string }) => start === undefined || id.startsWith(start);
  const lang = options.json ? (options.lang ?? 'en') : spoken(options.lang, io.env);
  const { signals: all, ...beside } = signalCatalogue(lang);
  const rows = all.filter(begins);
  if (rows.length === 0) throw new UsageError(said('cli.signals.none', { start: start ?? '' }));
  const output = new Output(io.stdout);
  if (options.json) await output.json({ schema: 'assay.signals/1', signals: rows, ...beside });
  else await output.text(signalsText(rows));
  return EXIT.done;
}

async function explain(code: string, options: Options, io: Io): Promise<ExitCode> {
  const [{ explainable, explained }, { explainText }, { loadRulebooks }, { publishedRule }] =
    await Promise.all([
      import('./explanation.js'),
      import('./explain-text.js'),
      import('../core/law/rulebooks/index.js'),
      import('../core/law/rulebooks/published.js'),
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
          ...('rule' in one && { rule: publishedRule(one.book, one.rule, utcDay()) }),
        }
      : one,
  );
  const output = new Output(io.stdout);
  if (options.json) await output.json({ schema: 'assay.explanation/1', code, meanings });
  else await output.text(explainText(found, books, lang));
  return EXIT.done;
}

const MOST_NEAR = 5;

function unknown(code: string, all: readonly string[]): Said {
  const near = all.filter((one) => one.toLowerCase().includes(code.toLowerCase())).slice(0, MOST_NEAR);
  return near.length > 0 ? said('cli.explain.near', { code, near }) : said('cli.explain.none', { code });
}

const EXAMPLES = [
  'assay explain c2pa.integrity.altered',
  'assay explain trust-list',
  'assay explain eu-ai-act-art-50',
  'assay explain expired-without-timestamp --lang zh-Hans',
  'assay signals gb45438',
];
