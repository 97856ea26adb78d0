import { message } from '../../../i18n/message.js';
import type { Confinement } from '../../../inspect/sandbox/confinement.js';
import type { DoctorPart } from '../part.js';

/** Reports how the reading processes that were just started are isolated. */
export function checkIsolation(confinement: Confinement): DoctorPart[] {
  const { status: held } = confinement;
  if (held !== undefined) {
    const { message: detail, missing: lost, remedy } = held;
    const state = lost === undefined ? 'found' : 'limited';
    return [{ id: 'isolation', state, detail, ...(lost && { lost }), ...(remedy && { remedy }) }];
  }
  const { refusal, missing } = confinement;
  const none = message('doctor.isolation.none');
  const why = missing === undefined ? refusal : message('error.notInstalled', { program: missing });
  const lost = why === undefined ? none : message('isolation.refused', { why, lost: none });
  return [{ id: 'isolation', state: 'failed', detail: message('error.noProcess'), lost }];
}
