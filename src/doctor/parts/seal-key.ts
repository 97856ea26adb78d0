import { openTo } from '../../private-files.js';
import { said } from '../../say/said.js';
import { SealError } from '../../seal/seal-error.js';
import { type SignerFiles, signerIn } from '../../seal/signer-in.js';
import type { Part } from '../part.js';

/** What the service seals reports with. Nothing is signed, and no time-stamping authority is asked. */
export async function sealKeyParts(
  settings: (SignerFiles & { authority?: string | undefined }) | undefined,
  now: Date,
): Promise<Part[]> {
  const id = 'seal-key';
  if (settings === undefined) return [{ id, state: 'not-used', detail: said('doctor.seal.off') }];
  try {
    const { kind, certificates } = await signerIn(settings, now);
    const [own] = certificates;
    const name = own?.profile?.subject.commonName ?? own?.x509.subject.replaceAll('\n', ', ') ?? '';
    const detail = said('doctor.seal.found', {
      kind: kind === 'cms' ? kind : 'other',
      name,
      stamp: settings.authority ?? 'none',
    });
    const mode = openTo(settings.key);
    if (mode === undefined) return [{ id, state: 'found', detail }];
    const remedy = said('doctor.close', { command: `chmod 600 ${settings.key}` });
    return [{ id, state: 'limited', detail, lost: said('doctor.seal.open', { mode }), remedy }];
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return [{ id, state: 'failed', detail: error.said, lost: said('doctor.seal.lost') }];
  }
}
