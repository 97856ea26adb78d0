/** Variable that tells a reader the descriptor of its autogroup (priority.ts), where a launcher has opened it. */
export const AUTOGROUP = 'AUTOGROUP_FD';

/**
 * All a reading process may know of where it runs: how to find ffprobe, that texts are UTF-8 and times UTC, and where
 * it may write temporary files if not in `/tmp`.
 * The parent's environment holds secrets (database addresses, keys) that a process reading hostile bytes must not have.
 */
export function childEnvironment(temporary?: string): Record<string, string> {
  const path = process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin';
  return { PATH: path, LANG: 'C.UTF-8', TZ: 'UTC', ...(temporary !== undefined && { TMPDIR: temporary }) };
}
