import { EventEmitter } from 'node:events';
import type { Argument, Command, Option } from 'commander';
import { displayWidth, wrap } from '../core/renderers/wrap.js';
import { type Language, languageOf } from '../say/languages.js';
import { endInChinese, headInChinese, textInChinese } from './help-zh.js';

/** Before anything is parsed: help is shown while the command line is read. */
export function askedFor(argv: readonly string[]): Language | undefined {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const word = argv[at] ?? '';
  return languageOf(word === '--lang' ? (argv[at + 1] ?? '') : word.slice('--lang='.length));
}

export function asksForHelp(argv: readonly string[]): boolean {
  return argv.length === 0 || argv[0] === 'help' || argv.some((word) => word === '-h' || word === '--help');
}

/** The help of a command and of all below it, in Chinese; what no row has stays English. */
export function helpInChinese(command: Command): void {
  command.configureHelp({
    // Letters that are two columns wide, and lines that may break between any of them.
    displayWidth,
    boxWrap: (text, width) => wrap(text, Math.max(width, LEAST_WIDTH)).join('\n'),
    styleTitle: headInChinese,
    commandDescription: (one) => said(one.description()),
    subcommandDescription: (one) => said(one.summary() || one.description()),
    argumentDescription: (one) => described(one),
    optionDescription: (one) => described(one),
  });
  for (const one of command.commands) helpInChinese(one);
  // What stands after the options is told to whoever listens; the types of the library do not say so.
  if (!(command instanceof EventEmitter)) return;
  const ends = command.listeners('afterHelp');
  command.removeAllListeners('afterHelp');
  command.on('afterHelp', (context: { write: (text: string) => void }) => {
    let english = '';
    const write = (text: string) => {
      english += text;
    };
    for (const end of ends) end({ ...context, write });
    if (english !== '') context.write(endInChinese(english) ?? english);
  });
}

const LEAST_WIDTH = 20;

const said = (english: string): string => textInChinese(english) ?? english;

/** With the values there are, and what counts where none is given. */
function described({ description, argChoices, defaultValue }: Argument | Option): string {
  const more = [
    ...(argChoices === undefined ? [] : [`可选：${argChoices.join('、')}`]),
    ...(defaultValue === undefined || defaultValue === false || Array.isArray(defaultValue)
      ? []
      : [`默认：${String(defaultValue)}`]),
  ];
  return `${said(description)}${more.length === 0 ? '' : `（${more.join('；')}）`}`;
}
