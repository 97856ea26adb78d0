import type { Command } from 'commander';
import { displayPath, isTextPath } from '../../base/path-text.js';
import { message } from '../../i18n/message.js';
import { UsageError } from './exit-codes.js';

/** Arguments and options that accept names with bytes that are not UTF-8: files to inspect, lists of them, and patterns. */
const ACCEPTS_BYTES: Readonly<Record<'arguments' | 'options', ReadonlySet<string>>> = {
  arguments: new Set(['inspect', 'scan']),
  options: new Set(['filesFrom', 'inventory', 'include', 'exclude', 'excludeFrom']),
};

/**
 * Throws `UsageError` if any other argument or option has such a name, since a different file would be written or
 * looked for. `name` is the full name of the command, such as `scan export`.
 */
export function checkNonUtf8Names(name: string, command: Command): void {
  if (!ACCEPTS_BYTES.arguments.has(name))
    for (const [at, value] of command.args.entries())
      check(value, command.registeredArguments[at]?.name() ?? String(at + 1));
  for (const option of command.options)
    if (!ACCEPTS_BYTES.options.has(option.attributeName()))
      check(command.getOptionValue(option.attributeName()), option.long ?? option.flags);
}

function check(value: unknown, name: string): void {
  for (const one of Array.isArray(value) ? value : [value])
    if (typeof one === 'string' && !isTextPath(one))
      throw new UsageError(message('cli.usage.notText', { name, value: displayPath(one) }));
}
