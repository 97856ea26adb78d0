import { type Command, CommanderError, Option } from 'commander';
import { terminalOutput } from '../core/ground/terminal-text.js';
import { VERSION } from '../core/ground/version.js';
import type { Language } from '../say/languages.js';
import { COLOR_CHOICES } from './color.js';
import { SpokenCommand } from './command.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { CONDITION_NAMES } from './fail-on.js';
import { described, endHelp } from './help.js';
import { type InspectOptions, inspect } from './inspect.js';
import { type Io, speechIn } from './io.js';
import { askedFor, spoken } from './language.js';
import { takeLaw } from './law-in-force.js';
import { checkNamesOfBytes } from './names-of-bytes.js';
import { choice, parseConditions, parseInteger, parseLanguage, REPORT_LANGUAGE_HELP } from './options.js';
import { withQuestion } from './question-options.js';
import type { ServeOptions } from './serve.js';
import { tellError } from './tell-error.js';

const MOST_JOBS = 256;
const MOST_PORT = 65_535;

/** The command line, without the process around it: what it would exit with is what this resolves to. Never rejects. */
export async function run(argv: readonly string[], world: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const finish = (result: ExitCode) => {
    code = result;
  };
  // Made upon it, not copied: its standard input is opened only when it is asked for.
  const io = Object.create(world, { language: { value: askedFor(argv) } }) as Io;
  try {
    const program = commands(io, finish);
    // What the others stand on takes longer to load than one file to inspect, or the version to say.
    const [name = ''] = argv;
    if (!STANDS_ALONE.has(name)) await (await import('./commands.js')).addCommands(program, io, finish, name);
    program.hook('preAction', async (_, action) => {
      checkNamesOfBytes(nameOf(action), action);
      if (ASKS_LAW.has(topName(action))) await takeLaw(io);
    });
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has shown the help or version that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    tellError(io, error);
    return EXIT.usage;
  }
}

/** Nothing that stands elsewhere is needed for these. */
const STANDS_ALONE: ReadonlySet<string> = new Set(['inspect', 'serve', '--version']);

/** The others ask nothing of law, or follow it as long as they run. */
const ASKS_LAW: ReadonlySet<string> = new Set([
  'inspect',
  'fetch',
  'scan',
  'report',
  'rulebooks',
  'explain',
  'keys',
]);

/** `scan` of `scan export`. */
function topName(command: Command): string {
  const { parent } = command;
  return parent === null || parent.parent === null ? command.name() : topName(parent);
}

/** `scan export` of it. */
function nameOf(command: Command): string {
  const { parent } = command;
  return parent === null || parent.parent === null ? command.name() : `${nameOf(parent)} ${command.name()}`;
}

/** `inspect` and `serve`, and what holds for all. */
export function commands(io: Io, finish: (code: ExitCode) => void): SpokenCommand {
  const program = new SpokenCommand('assay', () => speechIn(io))
    .description(described('cli.about'))
    .version(VERSION, '--version', described('cli.version'))
    .helpOption('-h, --help', described('cli.help.option'))
    // Each command has its options behind its own name: those of `scan export` are not those of `scan`.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(terminalOutput(text)),
      writeErr: (text) => io.stderr.write(terminalOutput(text)),
    })
    .helpCommand('help [command]', described('cli.help.command'));
  endHelp(program, { examples: EXAMPLES, last: ['cli.exitCodes'] });

  const toInspect = program
    .command('inspect')
    .description(described('cli.inspect.about'))
    .argument('<file...>', described('cli.inspect.files'))
    .option('--json', described('cli.inspect.json'))
    .addOption(new Option('--full', described('cli.inspect.full')).conflicts(['json', 'crjson', 'evidence']));
  withQuestion(toInspect, 'inspect')
    .addOption(
      new Option('--crjson', described('cli.inspect.crjson')).conflicts([
        'json',
        'sidecar',
        'init',
        'failOn',
      ]),
    )
    .option('--evidence', described('cli.inspect.evidence'))
    .addOption(
      new Option('--part <number>', described('cli.inspect.part'))
        .argParser(parseInteger(1, MOST_PARTS))
        .conflicts(['crjson', 'evidence']),
    )
    .option('--lang <language>', REPORT_LANGUAGE_HELP, parseLanguage)
    .option('--jobs <count>', described('cli.inspect.jobs'), parseInteger(1, MOST_JOBS))
    .option('--fail-on <conditions>', described('cli.inspect.failOn'), parseConditions)
    .addOption(choice('--color <when>', described('cli.inspect.color'), COLOR_CHOICES).default('auto'))
    .action(async (files: string[], options: Omit<InspectOptions, 'lang'> & { lang?: Language }) => {
      const lang = options.json ? (options.lang ?? 'en') : spoken(options.lang, io.env);
      finish(await inspect(files, { ...options, lang }, io));
    });
  endHelp(toInspect, {
    rows: {
      title: 'cli.help.conditions',
      rows: CONDITION_NAMES.map((name) => [name, `cli.condition.${name}` as const]),
    },
    examples: INSPECT_EXAMPLES,
  });

  program
    .command('serve')
    .description(described('cli.serve.about'))
    .option('--host <address>', described('cli.serve.host'))
    .option('--port <number>', described('cli.serve.port'), parseInteger(0, MOST_PORT))
    .action(async (options: ServeOptions) => {
      const { serve } = await import('./serve.js');
      finish(await serve(options, io));
    });

  return program;
}

const MOST_PARTS = 99_999;

const EXAMPLES = [
  'assay inspect photo.jpg',
  'assay inspect --json *.jpg > results.ndjson',
  'assay inspect --fail-on altered,contradiction -- -odd-name.png',
  'assay scan /archive --out results.ndjson',
  'assay serve --port 8080',
  'assay trust status',
];

const INSPECT_EXAMPLES = [
  'assay inspect photo.jpg',
  'assay inspect --full photo.jpg',
  'assay inspect --json --as-of 2026-08-02 a.png b.mp4',
  'assay inspect -- -odd-name.png',
];
