import type { Io } from './io.js';

export const COLOR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColorChoice = (typeof COLOR_CHOICES)[number];

/** The option is the last word; then no-color.org, where an empty value counts as unset; then FORCE_COLOR, then the terminal. */
export function wantsColor(choice: ColorChoice, { env, isTTY }: Io): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTTY && env['TERM'] !== 'dumb';
}
