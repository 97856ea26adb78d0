import { ENGINE_NAMES } from '../../../core/c2pa/engine-names.js';
import { engineInfo } from '../../../core/c2pa/installed-engines.js';
import { message } from '../../../i18n/message.js';
import type { DoctorPart, DoctorPartState } from '../part.js';
import type { SelfTest, SelfTestRow } from '../self-test.js';

const STATES: Record<SelfTestRow['outcome'], DoctorPartState> = {
  right: 'found',
  missing: 'not-found',
  wrong: 'failed',
  silent: 'failed',
};

/** Reports the state of each engine from its answers to the known files. */
export function checkEngines({ rows }: SelfTest): DoctorPart[] {
  const parts = ENGINE_NAMES.map((name): DoctorPart => {
    const { version, sdk } = engineInfo(name);
    const id = `engine-${name}` as const;
    const engine = message('doctor.engine.found', { version, sdk });
    const worst = rows.find((row) => row.engine === name && row.outcome !== 'right');
    if (worst === undefined) return { id, state: 'found', detail: engine };
    const { file, got, expected } = worst;
    const detail =
      worst.outcome === 'wrong'
        ? message('doctor.engine.wrong', { engine, file: `${file}.png`, got, expected })
        : message('doctor.engine.silent', { engine, why: got });
    return {
      id,
      state: STATES[worst.outcome],
      detail,
      lost: message(`doctor.${id}.lost`),
      remedy: message(`doctor.${id}.remedy`),
    };
  });
  if (parts.some(({ state }) => state !== 'not-found')) return parts;
  // One missing engine is acceptable; without both, nothing can read Content Credentials.
  return parts.map((part) => ({ ...part, state: 'failed', lost: message('doctor.engine.none') }));
}
