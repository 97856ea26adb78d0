import { escapeTerminal } from '../../base/terminal-text.js';
import { displayWidth, padColumns } from '../../core/renderers/text/wrap.js';
import type { Translator } from '../../i18n/translator.js';
import type { ApiKey } from '../../storage/access/keys.js';

/** Renders one line per key. */
export function keysText(keys: readonly ApiKey[], now: Date, translator: Translator): string {
  if (keys.length === 0) return `${translator.text('cli.keys.empty')}\n`;
  const rows = keys.map((key) => [
    key.id,
    key.tenant,
    key.scopes.join(','),
    stateOf(key, now, translator),
    key.lastUsedAt === undefined
      ? translator.text('cli.keys.neverUsed')
      : translator.text('cli.keys.used', { time: formatMinute(key.lastUsedAt) }),
    escapeTerminal(key.name),
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))),
  );
  return rows
    .map((row) => `${row.map((cell, column) => padColumns(cell, widths[column] ?? 0)).join('  ')}\n`)
    .join('');
}

function stateOf({ revokedAt, expiresAt }: ApiKey, now: Date, translator: Translator): string {
  if (revokedAt !== undefined)
    return translator.text('cli.keys.revokedAt', { time: formatMinute(revokedAt) });
  if (expiresAt === undefined) return translator.text('cli.keys.holds');
  const time = formatMinute(expiresAt);
  return expiresAt <= now.toISOString()
    ? translator.text('cli.keys.ranOut', { time })
    : translator.text('cli.keys.until', { time });
}

const formatMinute = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)}Z`;
