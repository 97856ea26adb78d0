/**
 * All a reading process may know of where it runs: how to find ffprobe, and that texts are UTF-8 and times UTC.
 * The parent's environment holds secrets (database addresses, keys) that a process reading hostile bytes must not have.
 */
export function childEnvironment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC' };
}
