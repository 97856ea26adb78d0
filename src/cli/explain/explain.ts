import type { Command } from 'commander';
import type { Language } from '../../i18n/languages.js';
import { type Message, message } from '../../i18n/message.js';
import { utcDay } from '../../inspect/options/resolved.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from '../shared/help.js';
import type { Io } from '../shared/io.js';
import { userLanguage } from '../shared/language.js';
import { LANGUAGE_HELP, parseLanguage } from '../shared/options.js';
import { Output } from '../shared/output.js';

interface Options {
  json?: boolean;
  lang?: Language;
}

type Finish = (code: ExitCode) => void;

/** Adds `assay signals` and `assay explain`, which explain the codes of a Report. */
export function addExplainCommands(program: Command, io: Io, finish: Finish): void {
  program
    .command('signals')
    .description(encodeDescription('cli.signals.about'))
    .argument('[start]', encodeDescription('cli.signals.start'))
    .option('--json', encodeDescription('cli.option.json'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .action(async (start: string | undefined, options: Options) => finish(await signals(start, options, io)));
  const toExplain = program
    .command('explain')
    .description(encodeDescription('cli.explain.about'))
    .argument('<code>', encodeDescription('cli.explain.code'))
    .option('--json', encodeDescription('cli.option.json'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .action(async (code: string, options: Options) => finish(await explain(code, options, io)));
  setHelpEnd(toExplain, { examples: EXAMPLES });
}

async function signals(start: string | undefined, options: Options, io: Io): Promise<ExitCode> {
  const [{ signalCatalogue }, { signalsText }] = await Promise.all([
    import('../../core/detectors/signal-list.js'),
    import('./explain-text.js'),
  ]);
  const matchesStart = ({ id }: { id: string }) => start === undefined || id.startsWith(start);
  const lang = options.json ? (options.lang ?? 'en') : userLanguage(options.lang, io.env);
  const { signals: all, ...rest } = signalCatalogue(lang);
  const rows = all.filter(matchesStart);
  if (rows.length === 0) throw new UsageError(message('cli.signals.none', { start: start ?? '' }));
  const output = new Output(io.stdout);
  if (options.json) await output.json({ schema: 'assay.signals/1', signals: rows, ...rest });
  else await output.text(signalsText(rows));
  return EXIT.done;
}

async function explain(code: string, options: Options, io: Io): Promise<ExitCode> {
  const [
    { explainableCodes: explainable, explainCode: explained },
    { explainText },
    { loadRulebooks },
    { toPublishedRule: publishedRule },
  ] = await Promise.all([
    import('./explanation.js'),
    import('./explain-text.js'),
    import('../../core/law/rulebooks/index.js'),
    import('../../core/law/rulebooks/published.js'),
  ]);
  const books = loadRulebooks();
  const lang = options.json ? (options.lang ?? 'en') : userLanguage(options.lang, io.env);
  const found = explained(code, books, lang);
  if (found.length === 0) throw new UsageError(unknownCodeMessage(code, explainable(books)));
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

const MAX_SUGGESTIONS = 5;

function unknownCodeMessage(code: string, all: readonly string[]): Message {
  const near = all.filter((one) => one.toLowerCase().includes(code.toLowerCase())).slice(0, MAX_SUGGESTIONS);
  return near.length > 0
    ? message('cli.explain.near', { code, near })
    : message('cli.explain.none', { code });
}

const EXAMPLES = [
  'assay explain c2pa.integrity.altered',
  'assay explain trust-list',
  'assay explain eu-ai-act-art-50',
  'assay explain expired-without-timestamp --lang zh-Hans',
  'assay signals gb45438',
];
