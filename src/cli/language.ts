import { type Language, languageOf } from '../say/languages.js';

/**
 * What people read on a terminal: what was asked for, else what the system speaks (POSIX: LC_ALL, LC_MESSAGES, LANG),
 * else English. What programs read is not asked of the system: it would differ from machine to machine.
 */
export function spoken(
  asked: Language | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return asked ?? languageOf(locale.replace(/[.@].*$/, '')) ?? 'en';
}

/** Before anything is parsed: help is shown, and mistakes are told, while the command line is read. */
export function askedFor(argv: readonly string[]): Language | undefined {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const word = argv[at] ?? '';
  return languageOf(word === '--lang' ? (argv[at + 1] ?? '') : word.slice('--lang='.length));
}
