import { setTimeout as delay } from 'node:timers/promises';
import { message } from '../../i18n/message.js';
import { messageOf } from '../../i18n/message-error.js';
import { EXIT, type ExitCode } from '../shared/exit-codes.js';
import { type Io, printMessage } from '../shared/io.js';
import { lawRefresher } from '../shared/law-in-force.js';
import type { ScanOptions } from './scan-arguments.js';

/** Performs one run; `onBegun` receives the id of its scan. */
type Run = (options: ScanOptions, onBegun: (scan: string) => void) => Promise<ExitCode>;

/**
 * Repeats the scan over the same results until interrupted. An interruption while waiting ends it at once; during a
 * run, finished records are stored first. An error ends the first run, when somebody is present to see it; in later
 * runs it is printed and the next run tries again.
 *
 * Folders are walked rather than watched: the system drops notifications if there are too many, and network storage
 * sends none for changes by other machines. Law installed in the meantime applies from the next run.
 */
export async function watchScan(options: ScanOptions, seconds: number, run: Run, io: Io): Promise<ExitCode> {
  const followLaw = await lawRefresher(io);
  let current = options.store ? options : { ...options, resume: !options.overwrite };
  for (let isFirst = true; ; isFirst = false) {
    try {
      if (!isFirst) await followLaw?.();
      await run(current, (scan) => {
        if (options.store) current = { ...current, scan };
      });
    } catch (error) {
      if (isFirst) throw error;
      printMessage(io, messageOf(error));
    }
    if (!options.store) current = { ...current, resume: true, overwrite: false };
    if (!io.interrupted?.aborted) {
      const at = new Date(Date.now() + seconds * 1_000).toISOString().replace(/\.\d+Z$/, 'Z');
      printMessage(io, message('cli.scan.next', { at }));
      await delay(seconds * 1_000, undefined, io.interrupted ? { signal: io.interrupted } : {}).catch(
        () => {},
      );
    }
    if (io.interrupted?.aborted) {
      printMessage(io, message('cli.scan.watchEnded'));
      return EXIT.done;
    }
  }
}
