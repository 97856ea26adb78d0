import type { Command } from 'commander';
import { isTextPath, textOfPath } from '../core/ground/path-text.js';
import { said } from '../say/said.js';
import { UsageError } from './exit-codes.js';

/** What takes names whose bytes are no UTF-8 as they are: files that are looked at, lists of them, and patterns. */
const TAKEN: Readonly<Record<'arguments' | 'options', ReadonlySet<string>>> = {
  arguments: new Set(['inspect', 'scan']),
  options: new Set(['filesFrom', 'inventory', 'include', 'exclude', 'excludeFrom']),
};

/**
 * Any other name of such bytes would be written, or looked for, under another one. `name`: of the command and those it
 * stands in, `scan export`. Throws a UsageError.
 */
export function checkNamesOfBytes(name: string, command: Command): void {
  if (!TAKEN.arguments.has(name))
    for (const [at, value] of command.args.entries())
      check(value, command.registeredArguments[at]?.name() ?? String(at + 1));
  for (const option of command.options)
    if (!TAKEN.options.has(option.attributeName()))
      check(command.getOptionValue(option.attributeName()), option.long ?? option.flags);
}

function check(value: unknown, name: string): void {
  for (const one of Array.isArray(value) ? value : [value])
    if (typeof one === 'string' && !isTextPath(one))
      throw new UsageError(said('cli.usage.notText', { name, value: textOfPath(one) }));
}
