import { faultMessage } from '../../base/fault.js';
import { toRecordPath } from '../../base/path-text.js';
import { readConfig } from '../../config/settings.js';
import { openSystemPath } from '../../core/media/plain-path.js';
import type { ErrorRecord } from '../../core/report/report.js';
import type { Personal } from '../../core/signals/personal.js';
import type { Language } from '../../i18n/languages.js';
import { message } from '../../i18n/message.js';
import { translatorFor } from '../../i18n/translator.js';
import { readCrJson } from '../../inspect/makers/cr-json.js';
import { InspectError } from '../../inspect/protocol/inspect-error.js';
import { Confinement } from '../../inspect/sandbox/confinement.js';
import { EXIT, type ExitCode } from '../shared/exit-codes.js';
import { type Io, printMessage } from '../shared/io.js';
import { printIsolationStatus } from '../shared/isolation-message.js';
import { Output } from '../shared/output.js';

/**
 * Prints one file's manifest store as crJSON on one line of stdout, with recognised personal data masked. Prints an
 * error record if the file has no manifest store or cannot be read.
 */
export async function printCrJson(
  path: string,
  { reveal, lang }: { reveal?: Personal[]; lang: Language },
  io: Io,
): Promise<ExitCode> {
  const stopPrinting = printIsolationStatus(io);
  const reached = await openSystemPath(path).catch((error: unknown) => {
    // A path that cannot be reached is reported below like any other unreadable file.
    if (error instanceof Error && 'code' in error) return { local: path, close: async () => {} };
    throw error;
  });
  const result = await readCrJson(reached.local, {
    reveal,
    interrupted: io.interrupted,
    confinement: new Confinement({ sandbox: readConfig(io.env).sandbox }),
  }).catch((error: unknown) => {
    if (error instanceof InspectError) return { error };
    throw error;
  });
  await reached.close();
  stopPrinting();
  if (io.interrupted?.aborted) return EXIT.interrupted;
  const output = new Output(io.stdout);
  if ('crJson' in result) {
    if (result.masked > 0) printMessage(io, message('cli.crJson.masked', { count: String(result.masked) }));
    await output.json(JSON.parse(result.crJson));
    return EXIT.done;
  }
  const { code } = 'error' in result ? result.error : result.fault;
  const why = 'error' in result ? result.error.userMessage : faultMessage(result.fault);
  const text = translatorFor(lang).translate(why);
  await output.json({
    schema: 'assay.error/1',
    ...toRecordPath(path),
    code,
    message: text,
  } satisfies ErrorRecord);
  return EXIT.notAllInspected;
}
