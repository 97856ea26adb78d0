import { readConfig } from '../config.js';
import { faultSaid } from '../core/ground/fault.js';
import { toldPath } from '../core/ground/path-text.js';
import { reachedFile } from '../core/media/reach.js';
import type { ErrorRecord } from '../core/report/report.js';
import type { Personal } from '../core/signals/personal.js';
import { Confinement } from '../isolation/confinement.js';
import { readCrJson } from '../isolation/cr-json.js';
import { InspectError } from '../isolation/inspect-error.js';
import type { Language } from '../say/languages.js';
import { said } from '../say/said.js';
import { speechOf } from '../say/speech.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { tellHeld } from './held-told.js';
import { type Io, tell } from './io.js';
import { Output } from './output.js';

/** One file's manifest store in crJSON on stdout, on one line, with personal data masked where it is recognised; an error record where there is none to give. */
export async function crJson(
  path: string,
  { reveal, lang }: { reveal?: Personal[]; lang: Language },
  io: Io,
): Promise<ExitCode> {
  const tellNoMore = tellHeld(io);
  const reached = await reachedFile(path).catch((error: unknown) => {
    // What is there under no such name is told below, as of any other.
    if (error instanceof Error && 'code' in error) return { local: path, close: async () => {} };
    throw error;
  });
  const answer = await readCrJson(reached.local, {
    reveal,
    interrupted: io.interrupted,
    confinement: new Confinement({ sandbox: readConfig(io.env).sandbox }),
  }).catch((error: unknown) => {
    if (error instanceof InspectError) return { error };
    throw error;
  });
  await reached.close();
  tellNoMore();
  if (io.interrupted?.aborted) return EXIT.interrupted;
  const output = new Output(io.stdout);
  if ('crJson' in answer) {
    if (answer.masked > 0) tell(io, said('cli.crJson.masked', { count: String(answer.masked) }));
    await output.json(JSON.parse(answer.crJson));
    return EXIT.done;
  }
  const { code } = 'error' in answer ? answer.error : answer.fault;
  const why = 'error' in answer ? answer.error.said : faultSaid(answer.fault);
  const message = speechOf(lang).say(why);
  await output.json({ schema: 'assay.error/1', ...toldPath(path), code, message } satisfies ErrorRecord);
  return EXIT.notAllInspected;
}
