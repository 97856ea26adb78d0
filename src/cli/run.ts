import { Command, CommanderError, Option } from 'commander';
import { ENGINE_CHOICES } from '../core/c2pa/engine.js';
import { ROLES } from '../core/rule-terms.js';
import { VERSION } from '../core/version.js';
import type { Language } from '../say/languages.js';
import { COLOR_CHOICES } from './color.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { CONDITIONS } from './fail-on.js';
import { askedFor, asksForHelp, helpInChinese } from './help-language.js';
import { type InspectOptions, inspect } from './inspect.js';
import { type Io, say } from './io.js';
import { REPORT_LANGUAGE_HELP, spoken } from './language.js';
import {
  parseConditions,
  parseDate,
  parseInteger,
  parseLanguage,
  parseList,
  parseReveal,
  parseRoles,
} from './options.js';
import type { ServeOptions } from './serve.js';

const MOST_JOBS = 256;
const MOST_PORT = 65_535;

/** The command line, without the process around it: what it would exit with is what this resolves to. Never rejects. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const finish = (result: ExitCode) => {
    code = result;
  };
  try {
    const program = commands(io, finish);
    // What the others stand on takes longer to load than one file to inspect, or the version to say.
    if (argv[0] !== 'inspect' && argv[0] !== '--version')
      (await import('./commands.js')).addCommands(program, io, finish);
    if (asksForHelp(argv) && spoken(askedFor(argv), io.env) === 'zh-Hans') helpInChinese(program);
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said what was wrong, or has shown the help or version that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    say(io, `assay: ${wordsOf(error)}`);
    return EXIT.usage;
  }
}

/** What the user can mend is said in one line; anything else is our fault, and its trace helps to report it. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const expected = error instanceof UsageError || 'code' in error;
  return expected ? error.message : (error.stack ?? error.message);
}

/** `inspect` and `serve`, and what holds for all. */
export function commands(io: Io, finish: (code: ExitCode) => void): Command {
  const program = new Command('assay')
    .description(
      'Tells what a photo, video or sound file declares about its origin, and what could not be checked.',
    )
    .version(VERSION, '--version', 'show the version')
    .helpOption('-h, --help', 'show help')
    // Each command has its options behind its own name: those of `scan export` are not those of `scan`.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text) => say(io, `assay: ${text.replace(/^error: /, '')}`),
    })
    .showHelpAfterError('(assay --help shows what there is)')
    .addHelpText('after', HELP_END);

  program
    .command('inspect')
    .description('report on each file')
    .argument('<file...>', 'files, in the order to report on them')
    .option('--json', 'one Report (or error record) a line on stdout')
    .option(
      '--as-of <date>',
      'the day the rules are asked about, as YYYY-MM-DD (default: today, UTC)',
      parseDate,
    )
    .option('--rulebooks <ids>', 'only these rulebooks, with commas between them', parseList)
    .option('--jurisdiction <codes>', 'only rulebooks of these, as CN,EU,US-CA', parseList)
    .option('--role <roles>', `only clauses that bind: ${ROLES.join(', ')}`, parseRoles)
    .addOption(new Option('--engine <name>', 'C2PA engine').choices(ENGINE_CHOICES).default('auto'))
    .option('--deep', 'also look at the pixels: hidden text, watermarks, the stored thumbnail (slower)')
    .option('--sidecar <file>', 'a manifest store (.c2pa) kept elsewhere, for exactly one file')
    .addOption(
      new Option(
        '--crjson',
        'only the manifest store of exactly one file, in crJSON (WASM engine)',
      ).conflicts(['json', 'sidecar', 'failOn']),
    )
    .option(
      '--evidence',
      'only the metadata of each file, field by field with its places; with --json one line a file',
    )
    .option(
      '--reveal <kinds>',
      'show personal data that is masked otherwise: location, serial, names, with commas between them',
      parseReveal,
    )
    .option('--lang <language>', REPORT_LANGUAGE_HELP, parseLanguage)
    .option('--jobs <count>', 'files read at the same time (default: one a core)', parseInteger(1, MOST_JOBS))
    .option('--fail-on <conditions>', 'exit with 1 when a file meets one of these', parseConditions)
    .addOption(
      new Option('--color <when>', 'colours in the text report').choices(COLOR_CHOICES).default('auto'),
    )
    .addHelpText('after', INSPECT_HELP_END)
    .action(async (files: string[], options: Omit<InspectOptions, 'lang'> & { lang?: Language }) => {
      const lang = options.json ? (options.lang ?? 'en') : spoken(options.lang, io.env);
      finish(await inspect(files, { ...options, lang }, io));
    });

  program
    .command('serve')
    .description('serve the form and the API')
    .option('--host <address>', 'address to listen on (default: ASSAY_HOST, else 127.0.0.1)')
    .option(
      '--port <number>',
      'port to listen on (default: ASSAY_PORT, else 8080)',
      parseInteger(0, MOST_PORT),
    )
    .action(async (options: ServeOptions) => {
      const { serve } = await import('./serve.js');
      finish(await serve(options, io));
    });

  return program;
}

const HELP_END = `
Examples:
  assay inspect photo.jpg
  assay inspect --json *.jpg > results.ndjson
  assay inspect --fail-on altered,contradiction -- -odd-name.png
  assay scan /archive --out results.ndjson
  assay serve --port 8080
  assay trust status

Exit codes: 0 done; 1 a --fail-on condition was met; 2 usage or configuration;
3 some file could not be inspected (its record says why); 130 interrupted.`;

const INSPECT_HELP_END = `
Conditions of --fail-on:
${Object.entries(CONDITIONS)
  .map(([name, { means }]) => `  ${name.padEnd(14)} ${means}`)
  .join('\n')}

Examples:
  assay inspect photo.jpg
  assay inspect --json --as-of 2026-08-02 a.png b.mp4
  assay inspect -- -odd-name.png`;
