import { type Language, matchLanguage } from '../../i18n/languages.js';

/**
 * Returns the language for text that people read: the requested one, else the system's (POSIX: LC_ALL, LC_MESSAGES,
 * LANG), else English. Output for programs must not use it, since it would differ between machines.
 */
export function userLanguage(
  requested: Language | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return requested ?? matchLanguage(locale.replace(/[.@].*$/, '')) ?? 'en';
}

/**
 * Returns the language of `--lang` before the command line is parsed, because help and errors are printed during
 * parsing.
 */
export function requestedLanguage(argv: readonly string[]): Language | undefined {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const word = argv[at] ?? '';
  return matchLanguage(word === '--lang' ? (argv[at + 1] ?? '') : word.slice('--lang='.length));
}
