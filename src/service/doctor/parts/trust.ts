import { faultMessage } from '../../../base/fault.js';
import { type Message, message } from '../../../i18n/message.js';
import { readTrustStatus } from '../../trust/status.js';
import type { StatusWarning } from '../../trust/status-warnings.js';
import type { DoctorPart } from '../part.js';

/** Reports which lists of signers are installed, read the way inspections read them. */
export async function checkInstalledTrustLists(dir: string, now: Date): Promise<DoctorPart[]> {
  const { files, faults, warnings } = await readTrustStatus(dir, now);
  const installed = files.filter((file) => file.installed).map(({ file }) => file);
  const shipped = files.filter((file) => file.shipped);
  const unusable = faults.filter((fault) => fault.affects !== undefined);
  const trouble = [
    ...unusable.map((fault) =>
      message('doctor.trust.trouble', { files: [fault.file], what: faultMessage(fault) }),
    ),
    ...mergeWarnings(warnings),
  ];
  const details = [
    ...(installed.length > 0 ? [message('doctor.trust.found', { files: installed, folder: dir })] : []),
    ...(shipped.length > 0
      ? [message('doctor.trust.shipped', { files: shipped.map(({ file }) => file) })]
      : []),
  ];
  const detail = details.reduce((one, other) => message('doctor.sentences', { one, other }));
  if (trouble.length === 0) return [{ id: 'trust-lists', state: 'found', detail }];
  const lost = trouble.reduce((one, other) => message('doctor.sentences', { one, other }));
  return [{ id: 'trust-lists', state: 'limited', detail, lost, remedy: message('doctor.trust.more') }];
}

/** Merges equal warnings of several lists into one message. */
function mergeWarnings(warnings: readonly StatusWarning[]): Message[] {
  const found = new Map<string, { files: string[]; what: Message }>();
  for (const { userMessage: what, file } of warnings) {
    const key = JSON.stringify(what);
    found.set(key, { what, files: [...(found.get(key)?.files ?? []), file] });
  }
  return [...found.values()].map((one) => message('doctor.trust.trouble', one));
}
