import { escapeTerminal } from '../core/ground/terminal-text.js';
import { displayWidth, padded } from '../core/renderers/wrap.js';
import type { Speech } from '../say/speech.js';
import type { ApiKey } from '../store/keys.js';

/** A line a key. */
export function keysText(keys: readonly ApiKey[], now: Date, speech: Speech): string {
  if (keys.length === 0) return `${speech.words('cli.keys.empty')}\n`;
  const rows = keys.map((key) => [
    key.id,
    key.tenant,
    key.scopes.join(','),
    stateOf(key, now, speech),
    key.lastUsedAt === undefined
      ? speech.words('cli.keys.neverUsed')
      : speech.words('cli.keys.used', { time: minute(key.lastUsedAt) }),
    escapeTerminal(key.name),
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))),
  );
  return rows
    .map((row) => `${row.map((cell, column) => padded(cell, widths[column] ?? 0)).join('  ')}\n`)
    .join('');
}

function stateOf({ revokedAt, expiresAt }: ApiKey, now: Date, speech: Speech): string {
  if (revokedAt !== undefined) return speech.words('cli.keys.revokedAt', { time: minute(revokedAt) });
  if (expiresAt === undefined) return speech.words('cli.keys.holds');
  const time = minute(expiresAt);
  return expiresAt <= now.toISOString()
    ? speech.words('cli.keys.ranOut', { time })
    : speech.words('cli.keys.until', { time });
}

const minute = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)}Z`;
