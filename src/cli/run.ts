import { type Command, CommanderError, Option } from 'commander';
import { filterTerminalOutput } from '../base/terminal-text.js';
import { VERSION } from '../base/version.js';
import type { Language } from '../i18n/languages.js';
import { GRID_FORMS, type InspectCommandOptions, inspect } from './inspect/inspect.js';
import type { ServeOptions } from './service/serve.js';
import { COLOR_CHOICES } from './shared/color.js';
import { LocalizedCommand } from './shared/command.js';
import { EXIT, type ExitCode } from './shared/exit-codes.js';
import { CONDITION_NAMES } from './shared/fail-on.js';
import { encodeDescription, setHelpEnd } from './shared/help.js';
import { withInspectOptions } from './shared/inspect-options.js';
import { type Io, translatorForUser } from './shared/io.js';
import { requestedLanguage, userLanguage } from './shared/language.js';
import { loadOperatorLaw } from './shared/law-in-force.js';
import {
  choiceOption,
  parseConditions,
  parseInteger,
  parseLanguage,
  REPORT_LANGUAGE_HELP,
} from './shared/options.js';
import { checkNonUtf8Names } from './shared/path-bytes.js';
import { printError } from './shared/print-error.js';

const MAX_JOBS = 256;
const MAX_PORT = 65_535;

/** Runs the command line without the surrounding process and resolves to its exit code. Never rejects. */
export async function run(argv: readonly string[], world: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const finish = (result: ExitCode) => {
    code = result;
  };
  // The object inherits from `world` instead of copying it, because reading `stdin` opens standard input.
  const io = Object.create(world, { language: { value: requestedLanguage(argv) } }) as Io;
  try {
    const program = createProgram(io, finish);
    // The other commands' modules take longer to load than inspecting one file or printing the version.
    const [name = ''] = argv;
    if (!SELF_CONTAINED.has(name))
      await (await import('./commands.js')).addCommands(program, io, finish, name);
    program.hook('preAction', async (_, action) => {
      checkNonUtf8Names(fullName(action), action);
      if (NEEDS_LAW.has(topLevelName(action))) await loadOperatorLaw(io);
    });
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has already printed the requested help or version.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    printError(io, error);
    return EXIT.usage;
  }
}

/** Commands that need none of the other commands' modules. */
const SELF_CONTAINED: ReadonlySet<string> = new Set(['inspect', 'serve', '--version']);

/** Commands that need law. The others need none, or follow updates while they run. */
const NEEDS_LAW: ReadonlySet<string> = new Set([
  'inspect',
  'fetch',
  'scan',
  'report',
  'rulebooks',
  'explain',
  'keys',
]);

/** Returns the top-level name: `scan` for `scan export`. */
function topLevelName(command: Command): string {
  const { parent } = command;
  return parent === null || parent.parent === null ? command.name() : topLevelName(parent);
}

/** Returns the full name: `scan export`. */
function fullName(command: Command): string {
  const { parent } = command;
  return parent === null || parent.parent === null ? command.name() : `${fullName(parent)} ${command.name()}`;
}

/** Creates the program with `inspect` and `serve` and the settings shared by all commands. */
export function createProgram(io: Io, finish: (code: ExitCode) => void): LocalizedCommand {
  const program = new LocalizedCommand('assay', () => translatorForUser(io))
    .description(encodeDescription('cli.about'))
    .version(VERSION, '--version', encodeDescription('cli.version'))
    .helpOption('-h, --help', encodeDescription('cli.help.option'))
    // Options belong to the command whose name precedes them: those of `scan export` are not those of `scan`.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(filterTerminalOutput(text)),
      writeErr: (text) => io.stderr.write(filterTerminalOutput(text)),
    })
    .helpCommand('help [command]', encodeDescription('cli.help.command'));
  setHelpEnd(program, { examples: EXAMPLES, last: ['cli.exitCodes'] });

  const toInspect = program
    .command('inspect')
    .description(encodeDescription('cli.inspect.about'))
    .argument('<file...>', encodeDescription('cli.inspect.files'))
    .option('--json', encodeDescription('cli.inspect.json'))
    .addOption(
      new Option('--full', encodeDescription('cli.inspect.full')).conflicts(['json', 'crjson', 'evidence']),
    );
  withInspectOptions(toInspect, 'inspect')
    .addOption(
      new Option('--crjson', encodeDescription('cli.inspect.crjson')).conflicts([
        'json',
        'sidecar',
        'init',
        'failOn',
      ]),
    )
    .option('--evidence', encodeDescription('cli.inspect.evidence'))
    .addOption(
      choiceOption('--law-grid <form>', encodeDescription('cli.inspect.lawGrid'), GRID_FORMS).conflicts([
        'json',
        'full',
        'crjson',
        'evidence',
      ]),
    )
    .addOption(
      new Option('--part <number>', encodeDescription('cli.inspect.part'))
        .argParser(parseInteger(1, MAX_PARTS))
        .conflicts(['crjson', 'evidence']),
    )
    .option('--lang <language>', REPORT_LANGUAGE_HELP, parseLanguage)
    .option('--jobs <count>', encodeDescription('cli.inspect.jobs'), parseInteger(1, MAX_JOBS))
    .option('--fail-on <conditions>', encodeDescription('cli.inspect.failOn'), parseConditions)
    .addOption(
      choiceOption('--color <when>', encodeDescription('cli.inspect.color'), COLOR_CHOICES).default('auto'),
    )
    .action(async (files: string[], options: Omit<InspectCommandOptions, 'lang'> & { lang?: Language }) => {
      const lang = options.json ? (options.lang ?? 'en') : userLanguage(options.lang, io.env);
      finish(await inspect(files, { ...options, lang }, io));
    });
  setHelpEnd(toInspect, {
    rows: {
      title: 'cli.help.conditions',
      rows: CONDITION_NAMES.map((name) => [name, `cli.condition.${name}` as const]),
    },
    examples: INSPECT_EXAMPLES,
  });

  program
    .command('serve')
    .description(encodeDescription('cli.serve.about'))
    .option('--host <address>', encodeDescription('cli.serve.host'))
    .option('--port <number>', encodeDescription('cli.serve.port'), parseInteger(0, MAX_PORT))
    .action(async (options: ServeOptions) => {
      const { serve } = await import('./service/serve.js');
      finish(await serve(options, io));
    });

  return program;
}

const MAX_PARTS = 99_999;

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
