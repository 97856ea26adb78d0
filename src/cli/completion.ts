import type { Command, Option } from 'commander';
import { EXIT, type ExitCode } from './shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from './shared/help.js';
import type { Io } from './shared/io.js';
import { argumentChoice } from './shared/options.js';
import { Output } from './shared/output.js';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

/** Adds `assay completion`, whose scripts are generated from the commands themselves. */
export function addCompletionCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const command = program
    .command('completion')
    .description(encodeDescription('cli.completion.about'))
    .addArgument(argumentChoice('<shell>', encodeDescription('cli.completion.shell'), SHELLS))
    .action(async (shell: Shell) => {
      await new Output(io.stdout).write(SCRIPTS[shell](wordsOf(program)));
      finish(EXIT.done);
    });
  setHelpEnd(command, { examples: EXAMPLES });
}

/** Returns the words that may follow, keyed by the words typed so far; `''` stands for none typed. */
function wordsOf(program: Command): Map<string, string[]> {
  const words = new Map<string, string[]>();
  const gather = (command: Command, before: string[]) => {
    const options = command.options.flatMap(({ long, short }: Option) => long ?? short ?? []);
    words.set(before.join(' '), [
      ...command.commands.map((one) => one.name()),
      ...options,
      ...(before.length === 0 ? [] : ['--help']),
    ]);
    for (const one of command.commands) gather(one, [...before, one.name()]);
  };
  gather(program, []);
  return words;
}

/**
 * After a command with subcommands its own options remain offered. Where nothing else matches, the shell completes
 * paths.
 */
function bash(words: Map<string, string[]>): string {
  const cases = [...words].map(([typed, follow]) => `    '${typed}') words='${follow.join(' ')}' ;;`);
  const known = [...words.keys()].filter((typed) => typed !== '').map((typed) => `'${typed}'`);
  return `# assay completion bash
_assay() {
  local word typed='' words=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${typed:+$typed }$word" in
      ${known.join('|')}) typed="\${typed:+$typed }$word" ;;
    esac
  done
  case "$typed" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _assay assay
`;
}

const SCRIPTS: Record<Shell, (words: Map<string, string[]>) => string> = {
  bash,
  // zsh reads the bash script through `bashcompinit`.
  zsh: (words) => `autoload -U +X bashcompinit && bashcompinit\n${bash(words)}`,
  fish: (words) => {
    const lines = [...words].flatMap(([typed, follow]) => {
      const when = `test (__assay_typed) = '${typed}'`;
      return follow.map((word) =>
        word.startsWith('--')
          ? `complete -c assay -n "${when}" -l ${word.slice(2)}`
          : `complete -c assay -n "${when}" -a ${word}`,
      );
    });
    const known = [...words.keys()].filter((typed) => typed !== '').map((typed) => `'${typed}'`);
    return `# assay completion fish
function __assay_typed
  set -l typed ''
  for word in (commandline -opc)[2..]
    set -l longer (string trim "$typed $word")
    if contains -- $longer ${known.join(' ')}
      set typed $longer
    end
  end
  echo "$typed"
end
${lines.join('\n')}
`;
  },
};

const EXAMPLES = [
  'source <(assay completion bash)',
  'assay completion fish > ~/.config/fish/completions/assay.fish',
];
