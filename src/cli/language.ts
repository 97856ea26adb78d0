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

export const LANGUAGE_HELP = 'language of the words: en, zh-Hans (default: what the system speaks, else en)';
export const REPORT_LANGUAGE_HELP =
  'language of the report: en, zh-Hans (default: what the system speaks, else en; with --json: en)';
