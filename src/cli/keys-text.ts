import { escapeTerminal } from '../core/renderers/terminal-escape.js';
import type { ApiKey } from '../store/keys.js';

/** A line a key. */
export function keysText(keys: readonly ApiKey[], now: Date): string {
  if (keys.length === 0) return 'There are no keys. Make one: assay keys create NAME\n';
  const rows = keys.map((key) => [
    key.id,
    key.tenant,
    key.scopes.join(','),
    stateOf(key, now),
    key.lastUsedAt === undefined ? 'never used' : `used ${minute(key.lastUsedAt)}`,
    escapeTerminal(key.name),
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`)
    .join('');
}

function stateOf({ revokedAt, expiresAt }: ApiKey, now: Date): string {
  if (revokedAt !== undefined) return `revoked ${minute(revokedAt)}`;
  if (expiresAt === undefined) return 'holds';
  return expiresAt <= now.toISOString() ? `ran out ${minute(expiresAt)}` : `until ${minute(expiresAt)}`;
}

const minute = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)}Z`;
