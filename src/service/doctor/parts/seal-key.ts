import { accessibleMode } from '../../../base/files/private-files.js';
import { message } from '../../../i18n/message.js';
import { loadSigner, type SignerFiles } from '../../sealing/load-signer.js';
import { SealError } from '../../sealing/seal-error.js';
import type { DoctorPart } from '../part.js';

/** Checks the key the service seals reports with. Signs nothing and asks no time-stamping authority. */
export async function checkSealKey(
  settings: (SignerFiles & { authority?: string | undefined }) | undefined,
  now: Date,
): Promise<DoctorPart[]> {
  const id = 'seal-key';
  if (settings === undefined) return [{ id, state: 'not-used', detail: message('doctor.seal.off') }];
  try {
    const { kind, certificates } = await loadSigner(settings, now);
    const [own] = certificates;
    const name = own?.profile?.subject.commonName ?? own?.x509.subject.replaceAll('\n', ', ') ?? '';
    const detail = message('doctor.seal.found', {
      kind: kind === 'cms' ? kind : 'other',
      name,
      stamp: settings.authority ?? 'none',
    });
    const mode = accessibleMode(settings.key);
    if (mode === undefined) return [{ id, state: 'found', detail }];
    const remedy = message('doctor.close', { command: `chmod 600 ${settings.key}` });
    return [{ id, state: 'limited', detail, lost: message('doctor.seal.open', { mode }), remedy }];
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return [{ id, state: 'failed', detail: error.userMessage, lost: message('doctor.seal.lost') }];
  }
}
