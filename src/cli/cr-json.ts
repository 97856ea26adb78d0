import type { ErrorRecord } from '../core/report.js';
import { readCrJson } from '../isolation/cr-json.js';
import { InspectError } from '../isolation/inspector.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Io } from './io.js';
import { Output } from './output.js';

/** One file's manifest store in crJSON on stdout, on one line; an error record where there is none to give. */
export async function crJson(path: string, io: Io): Promise<ExitCode> {
  const answer = await readCrJson(path, io.interrupted).catch((error: unknown) => {
    if (error instanceof InspectError) return { fault: { code: error.code, reason: error.message } };
    throw error;
  });
  if (io.interrupted?.aborted) return EXIT.interrupted;
  const output = new Output(io.stdout);
  if ('crJson' in answer) {
    await output.write(`${JSON.stringify(JSON.parse(answer.crJson))}\n`);
    return EXIT.done;
  }
  const { code, reason: message } = answer.fault;
  await output.write(
    `${JSON.stringify({ schema: 'assay.error/1', path, code, message } satisfies ErrorRecord)}\n`,
  );
  return EXIT.notAllInspected;
}
