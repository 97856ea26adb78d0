import type { Io } from './io.js';

export const COLOR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColorChoice = (typeof COLOR_CHOICES)[number];

/**
 * Returns whether output is colored. The option decides first, then `NO_COLOR` (no-color.org; an empty value counts as
 * unset), then `FORCE_COLOR`, then whether stdout is a terminal.
 */
export function wantsColor(choice: ColorChoice, { env, isTTY }: Io): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTTY && env['TERM'] !== 'dumb';
}
