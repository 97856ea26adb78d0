import { faultMessage } from '../../../base/fault.js';
import { type Message, message } from '../../../i18n/message.js';
import {
  type EngineDifference,
  type EngineFinding,
  formatFinding,
  type StorePresence,
} from '../../c2pa/engine-difference.js';
import { engineInfo } from '../../c2pa/installed-engines.js';
import type { C2paEvidence, SecondOpinion, StatusCode } from '../../c2pa/manifest-store.js';
import type { Read } from '../../media/carrier.js';

type C2paRead = Read<C2paEvidence>;

/**
 * Combines the results of two engines for the same bytes. The native result is the first opinion, unless the other
 * engine found more: a manifest store that only one of them finds must not be reported as absent.
 */
export function combineOpinions(native: C2paRead, wasm: C2paRead): C2paRead {
  const nativeFirst = rankRead(native) >= rankRead(wasm);
  const [first, second] = nativeFirst ? [native, wasm] : [wasm, native];
  const engine = engineInfo(nativeFirst ? 'wasm' : 'native');
  if (second.status === 'failed' || second.status === 'unsupported')
    return addNotes(
      first,
      message('note.engineGaveNone', { engine: engine.name, why: faultMessage(second) }),
    );
  if (first.status === 'found') {
    const differences = compareReads(first, second);
    const store = second.status === 'found' && second.value.kind === 'store' ? second.value : undefined;
    const secondOpinion: SecondOpinion = {
      engine,
      agrees: differences.length === 0,
      differences,
      ...(store ? { codes: store.codes.active } : {}),
    };
    return { ...first, value: { ...first.value, secondOpinion } };
  }
  return presence(first) === presence(second)
    ? first
    : addNotes(first, message('note.enginePresence', { engine: engine.name, presence: presence(second) }));
}

/**
 * Ranks results by how much they found. A malformed file ranks above an absent store, because it is more likely to hold
 * one.
 */
function rankRead(read: C2paRead): number {
  if (read.status === 'found') return read.value.kind === 'store' ? 5 : 4;
  return { malformed: 3, absent: 2, unsupported: 1, failed: 0 }[read.status];
}

function presence(read: C2paRead): StorePresence {
  if (read.status === 'found') return read.value.kind === 'store' ? 'present' : 'remote';
  return read.status === 'malformed' ? 'unreadable' : read.status;
}

/** Lists the findings of only one engine: those of the second first, sorted by name, as Reports list them. */
export function compareReads(first: C2paRead, second: C2paRead): EngineDifference[] {
  if (presence(first) !== presence(second))
    return [
      { by: 'first', presence: presence(first) },
      { by: 'second', presence: presence(second) },
    ];
  const [before, after] = [comparable(first), comparable(second)];
  return [...only('second', after, before), ...only('first', before, after)];
}

type Findings = ReadonlyMap<string, EngineFinding>;

const only = (by: EngineDifference['by'], own: Findings, other: Findings): EngineDifference[] =>
  [...own.keys()]
    .filter((name) => !other.has(name))
    .sort()
    .flatMap((name) => own.get(name) ?? [])
    .map((finding) => ({ by, ...finding }));

function comparable(read: C2paRead): Findings {
  if (read.status !== 'found' || read.value.kind !== 'store') return new Map();
  const { active, ingredients } = read.value.codes;
  const findings: EngineFinding[] = [
    ...active.filter(isCompared).map(({ code }) => ({ code })),
    ...ingredients.filter(isCompared).map(({ code }) => ({ code, of: 'ingredient' as const })),
  ];
  return new Map(findings.map((finding) => [formatFinding(finding), finding]));
}

/**
 * Codes about trust and validity period. Assay ignores them because it matches certificates against lists itself, by
 * purpose and with the proven time. Validation of a signature is ignored too: c2pa-rs 0.92 gives no such code for an
 * expired certificate, and Assay checks the signature then. An invalid signature has a code of its own.
 */
const NOT_COMPARED =
  /^((signingCredential|timeStamp)\.(trusted|untrusted)|claimSignature\.(validated|insideValidity))$/;

/**
 * Ignores informational codes, which report what an engine looked at (only the newer one has
 * `signingCredential.ocsp.skipped`), and CAWG identities, which say nothing about the file and of which the engines
 * know different kinds.
 */
function isCompared({ code, kind, url }: StatusCode): boolean {
  if (kind === 'informational' || NOT_COMPARED.test(code)) return false;
  return !code.startsWith('cawg.') && !/\/cawg\.identity(__\d+)?$/.test(url ?? '');
}

/** Adds notes on how the file was read. */
export function addNotes<T>(read: Read<T>, ...notes: readonly Message[]): Read<T> {
  return notes.length === 0 ? read : { ...read, notes: [...(read.notes ?? []), ...notes] };
}
