import { setTimeout as delay } from 'node:timers/promises';
import { said } from '../say/said.js';
import { errorSaid } from '../say/said-error.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { type Io, tell } from './io.js';
import { lawToFollow } from './law-in-force.js';
import type { ScanOptions } from './scan-asked.js';

const USUAL_SECONDS = 600;

/** One run; `onBegun` is told the id of its scan. */
type Run = (options: ScanOptions, onBegun: (scan: string) => void) => Promise<ExitCode>;

/**
 * Run after run over the same results, until it is told to end: that is how it ends well, at once where it waits, and
 * with what is read by then kept where a run is under way. What goes wrong in the first run ends it, for somebody is there
 * to see it; in a later one it is told, and tried again with the next.
 *
 * Folders are gone through, not listened to: what the system tells of changes is lost where it tells of too many, and
 * network storage tells of none that others made. Law that is installed meanwhile holds from the next run on.
 */
export async function watchScan(options: ScanOptions, run: Run, io: Io): Promise<ExitCode> {
  const { every = USUAL_SECONDS } = options;
  const followLaw = await lawToFollow(io);
  let asked = options.store ? options : { ...options, resume: !options.overwrite };
  for (let isFirst = true; ; isFirst = false) {
    try {
      if (!isFirst) await followLaw?.();
      await run(asked, (scan) => {
        if (options.store) asked = { ...asked, scan };
      });
    } catch (error) {
      if (isFirst) throw error;
      tell(io, errorSaid(error));
    }
    if (!options.store) asked = { ...asked, resume: true, overwrite: false };
    if (!io.interrupted?.aborted) {
      const at = new Date(Date.now() + every * 1_000).toISOString().replace(/\.\d+Z$/, 'Z');
      tell(io, said('cli.scan.next', { at }));
      await delay(every * 1_000, undefined, io.interrupted ? { signal: io.interrupted } : {}).catch(() => {});
    }
    if (io.interrupted?.aborted) {
      tell(io, said('cli.scan.watchEnded'));
      return EXIT.done;
    }
  }
}
