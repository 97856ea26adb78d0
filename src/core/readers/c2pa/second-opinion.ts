import { type Said, said } from '../../../say/said.js';
import {
  type EngineDifference,
  type EngineFinding,
  findingName,
  type StorePresence,
} from '../../c2pa/engine-difference.js';
import { engineInfo } from '../../c2pa/installed-engines.js';
import type { C2paEvidence, SecondOpinion, StatusCode } from '../../c2pa/manifest-store.js';
import { faultSaid } from '../../ground/fault.js';
import type { Read } from '../../media/carrier.js';

type C2paRead = Read<C2paEvidence>;

/**
 * Two engines over the same bytes made into one read. The native answer is the first opinion, unless the other
 * engine found more: a manifest store that only one of them sees must not come out as absent.
 */
export function combined(native: C2paRead, wasm: C2paRead): C2paRead {
  const nativeFirst = weight(native) >= weight(wasm);
  const [first, second] = nativeFirst ? [native, wasm] : [wasm, native];
  const engine = engineInfo(nativeFirst ? 'wasm' : 'native');
  if (second.status === 'failed' || second.status === 'unsupported')
    return remarked(first, said('note.engineGaveNone', { engine: engine.name, why: faultSaid(second) }));
  if (first.status === 'found') {
    const differences = differencesOf(first, second);
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
    : remarked(first, said('note.enginePresence', { engine: engine.name, presence: presence(second) }));
}

/** What one engine found beside what the other missed; a fault of the file is nearer to a store than none. */
function weight(read: C2paRead): number {
  if (read.status === 'found') return read.value.kind === 'store' ? 5 : 4;
  return { malformed: 3, absent: 2, unsupported: 1, failed: 0 }[read.status];
}

function presence(read: C2paRead): StorePresence {
  if (read.status === 'found') return read.value.kind === 'store' ? 'present' : 'remote';
  return read.status === 'malformed' ? 'unreadable' : read.status;
}

/** What only one of them found: of the second first, by name, as Reports list it. */
export function differencesOf(first: C2paRead, second: C2paRead): EngineDifference[] {
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
    ...active.filter(counts).map(({ code }) => ({ code })),
    ...ingredients.filter(counts).map(({ code }) => ({ code, of: 'ingredient' as const })),
  ];
  return new Map(findings.map((finding) => [findingName(finding), finding]));
}

/**
 * The engines' word on trust and term, which Assay does not use: it matches certificates against lists by purpose, and with
 * the proven time, itself. That a signature was validated is left out too: c2pa-rs 0.92 gives no such code where a certificate has
 * run out, and Assay checks the signature then. That one does not hold is a code of its own.
 */
const NOT_COMPARED =
  /^((signingCredential|timeStamp)\.(trusted|untrusted)|claimSignature\.(validated|insideValidity))$/;

/**
 * Informational codes tell what an engine looked at (`signingCredential.ocsp.skipped` is the newer one's alone),
 * and CAWG identities say nothing of the file: the engines know different kinds of them.
 */
function counts({ code, kind, url }: StatusCode): boolean {
  if (kind === 'informational' || NOT_COMPARED.test(code)) return false;
  return !code.startsWith('cawg.') && !/\/cawg\.identity(__\d+)?$/.test(url ?? '');
}

/** Adds what should be known of how it was read. */
export function remarked<T>(read: Read<T>, ...notes: readonly Said[]): Read<T> {
  return notes.length === 0 ? read : { ...read, notes: [...(read.notes ?? []), ...notes] };
}
