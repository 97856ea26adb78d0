/** Variable that passes a reader the descriptor of its autogroup (priority.ts) if a launcher has opened it. */
export const AUTOGROUP_VARIABLE = 'AUTOGROUP_FD';

/**
 * Returns the whole environment of a reading process: how to find ffprobe, UTF-8 for text and UTC for times, and a
 * folder for temporary files if not `/tmp`. The parent's environment contains secrets (database addresses, keys) that a
 * process reading hostile bytes must not have.
 */
export function createChildEnvironment(temporary?: string): Record<string, string> {
  const path = process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin';
  return { PATH: path, LANG: 'C.UTF-8', TZ: 'UTC', ...(temporary !== undefined && { TMPDIR: temporary }) };
}
