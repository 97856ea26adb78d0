import { Command, CommanderError, Option } from 'commander';
import { ENGINE_CHOICES } from '../core/c2pa/engine.js';
import { VERSION } from '../core/version.js';
import { COLOR_CHOICES } from './color.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { CONDITIONS } from './fail-on.js';
import { type InspectOptions, inspect } from './inspect.js';
import { type Io, say } from './io.js';
import { parseConditions, parseDate, parseInteger, parseList } from './options.js';
import { type ServeOptions, serve } from './serve.js';
import { addTrustCommand } from './trust.js';

const MOST_JOBS = 256;
const MOST_PORT = 65_535;

/** The command line, without the process around it: what it would exit with is what this resolves to. Never rejects. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = commands(io, (result) => {
    code = result;
  });
  try {
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

function commands(io: Io, finish: (code: ExitCode) => void): Command {
  const program = new Command('assay')
    .description(
      'Tells what a photo, video or sound file declares about its origin, and what could not be checked.',
    )
    .version(VERSION, '--version', 'show the version')
    .helpOption('-h, --help', 'show help')
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
    .addOption(new Option('--engine <name>', 'C2PA engine').choices(ENGINE_CHOICES).default('auto'))
    .option('--sidecar <file>', 'a manifest store (.c2pa) kept elsewhere, for exactly one file')
    .addOption(
      new Option(
        '--crjson',
        'only the manifest store of exactly one file, in crJSON (WASM engine)',
      ).conflicts(['json', 'sidecar', 'failOn']),
    )
    .option('--jobs <count>', 'files read at the same time (default: one a core)', parseInteger(1, MOST_JOBS))
    .option('--fail-on <conditions>', 'exit with 1 when a file meets one of these', parseConditions)
    .addOption(
      new Option('--color <when>', 'colours in the text report').choices(COLOR_CHOICES).default('auto'),
    )
    .addHelpText('after', INSPECT_HELP_END)
    .action(async (files: string[], options: InspectOptions) => finish(await inspect(files, options, io)));

  program
    .command('serve')
    .description('serve the form and the API')
    .option('--host <address>', 'address to listen on (default: ASSAY_HOST, else 127.0.0.1)')
    .option(
      '--port <number>',
      'port to listen on (default: ASSAY_PORT, else 8080)',
      parseInteger(0, MOST_PORT),
    )
    .action(async (options: ServeOptions) => finish(await serve(options, io)));

  addTrustCommand(program, io, finish);

  return program;
}

const HELP_END = `
Examples:
  assay inspect photo.jpg
  assay inspect --json *.jpg > results.ndjson
  assay inspect --fail-on altered,contradiction -- -odd-name.png
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
