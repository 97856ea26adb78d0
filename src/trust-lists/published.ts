import { faultSaid, type ReadFault } from '../core/ground/fault.js';
import type { TrustFault } from '../core/trust/trust-folder.js';
import type { Speech } from '../say/speech.js';
import type { FileResult } from './candidate.js';
import type { TrustStatus } from './status.js';

/** What lies in a trust folder, and what was installed there, in words: as it is published. */

const faultTold = (fault: ReadFault, speech: Speech) => ({
  code: fault.code,
  reason: speech.say(faultSaid(fault)),
});

const folderFaultTold = (fault: TrustFault, speech: Speech) => ({
  file: fault.file,
  ...faultTold(fault, speech),
  ...(fault.affects && { affects: fault.affects }),
});

export function statusTold({ dir, files, warnings, faults }: TrustStatus, speech: Speech) {
  return {
    dir,
    files: files.map((file) => ({ ...file, title: speech.words(file.title) })),
    warnings: warnings.map(({ file, code, said }) => ({ file, code, text: speech.say(said) })),
    faults: faults.map((fault) => folderFaultTold(fault, speech)),
  };
}

export function resultTold(result: FileResult, speech: Speech) {
  if (result.outcome === 'refused') {
    const { file, outcome, fault } = result;
    return { file, outcome, ...faultTold(fault, speech) };
  }
  const { note, ...rest } = result;
  return { ...rest, ...(note && { note: speech.say(note) }) };
}
