import { faultMessage, type ReadFault } from '../../base/fault.js';
import type { TrustFault } from '../../core/trust/lists/trust-folder.js';
import type { Translator } from '../../i18n/translator.js';
import type { FileResult } from './candidate.js';
import type { TrustStatus } from './status.js';

/** Published views of the status of a trust folder and of an installation, with localized texts. */

const toFaultView = (fault: ReadFault, translator: Translator) => ({
  code: fault.code,
  reason: translator.translate(faultMessage(fault)),
});

const toFolderFaultView = (fault: TrustFault, translator: Translator) => ({
  file: fault.file,
  ...toFaultView(fault, translator),
  ...(fault.affects && { affects: fault.affects }),
});

export function toTrustStatusView({ dir, files, warnings, faults }: TrustStatus, translator: Translator) {
  return {
    dir,
    files: files.map((file) => ({ ...file, title: translator.text(file.title) })),
    warnings: warnings.map(({ file, code, userMessage }) => ({
      file,
      code,
      text: translator.translate(userMessage),
    })),
    faults: faults.map((fault) => toFolderFaultView(fault, translator)),
  };
}

export function toResultView(result: FileResult, translator: Translator) {
  if (result.outcome === 'refused') {
    const { file, outcome, fault } = result;
    return { file, outcome, ...toFaultView(fault, translator) };
  }
  const { note, ...rest } = result;
  return { ...rest, ...(note && { note: translator.translate(note) }) };
}
