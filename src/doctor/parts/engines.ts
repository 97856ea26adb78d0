import type { EngineName } from '../../core/c2pa/engine.js';
import { ENGINES } from '../../core/c2pa/engines.js';
import type { Part, PartState } from '../part.js';
import type { SelfTest, SelfTestRow } from '../self-test.js';

const NAMES: Record<EngineName, string> = { native: 'Native C2PA engine', wasm: 'WASM C2PA engine' };
const LOST: Record<EngineName, string> = {
  native: 'The WASM engine reads everything: slower, above all large files, and no sidecar manifests.',
  wasm: 'Where the native engine gives up on a file nobody takes over; no second opinion and no crJSON.',
};
const REMEDY: Record<EngineName, string> = {
  native:
    '`npm run setup:native` fetches the binary for this machine; on Linux it needs glibc 2.38 or later.',
  wasm: 'Install the program anew (`npm ci`).',
};

const STATES: Record<SelfTestRow['outcome'], PartState> = {
  right: 'found',
  missing: 'not-found',
  wrong: 'failed',
  silent: 'failed',
};

/** The engines by what they said of the files whose answer is known. */
export function engineParts({ rows }: SelfTest): Part[] {
  const parts = ENGINES.map(({ name, version, sdk }): Part => {
    const about = { id: `engine-${name}`, name: NAMES[name] };
    const worst = rows.find((row) => row.engine === name && row.outcome !== 'right');
    if (worst === undefined) return { ...about, state: 'found', detail: `${version} (${sdk})` };
    const state = STATES[worst.outcome];
    const got =
      worst.outcome === 'wrong'
        ? `of ${worst.file}.png it said “${worst.got}” instead of “${worst.expected}”`
        : worst.got;
    return { ...about, state, detail: `${version} (${sdk}): ${got}`, lost: LOST[name], remedy: REMEDY[name] };
  });
  if (parts.some(({ state }) => state !== 'not-found')) return parts;
  // One of them missing is borne; both, and there is nothing left to read Content Credentials with.
  return parts.map((part) => ({
    ...part,
    state: 'failed',
    lost: 'Content Credentials cannot be read at all.',
  }));
}
