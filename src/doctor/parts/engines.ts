import { ENGINE_NAMES } from '../../core/c2pa/engine-names.js';
import { engineInfo } from '../../core/c2pa/installed-engines.js';
import { said } from '../../say/said.js';
import type { Part, PartState } from '../part.js';
import type { SelfTest, SelfTestRow } from '../self-test.js';

const STATES: Record<SelfTestRow['outcome'], PartState> = {
  right: 'found',
  missing: 'not-found',
  wrong: 'failed',
  silent: 'failed',
};

/** The engines by what they said of the files whose answer is known. */
export function engineParts({ rows }: SelfTest): Part[] {
  const parts = ENGINE_NAMES.map((name): Part => {
    const { version, sdk } = engineInfo(name);
    const id = `engine-${name}` as const;
    const engine = said('doctor.engine.found', { version, sdk });
    const worst = rows.find((row) => row.engine === name && row.outcome !== 'right');
    if (worst === undefined) return { id, state: 'found', detail: engine };
    const { file, got, expected } = worst;
    const detail =
      worst.outcome === 'wrong'
        ? said('doctor.engine.wrong', { engine, file: `${file}.png`, got, expected })
        : said('doctor.engine.silent', { engine, why: got });
    return {
      id,
      state: STATES[worst.outcome],
      detail,
      lost: said(`doctor.${id}.lost`),
      remedy: said(`doctor.${id}.remedy`),
    };
  });
  if (parts.some(({ state }) => state !== 'not-found')) return parts;
  // One of them missing is borne; both, and there is nothing left to read Content Credentials with.
  return parts.map((part) => ({ ...part, state: 'failed', lost: said('doctor.engine.none') }));
}
