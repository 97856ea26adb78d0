import type { ClaimFacts } from '../c2pa/claim-facts.js';
import type { AssertionRecord, ManifestRecord, StoreEvidence } from '../c2pa/manifest-store.js';
import { asArray, asRecord, compact, member } from '../ground/json-shape.js';
import type { TextMask } from '../mask/personal-text.js';
import { MASKED } from '../signals/mask-words.js';
import { C2PA_DECLARATIONS, type C2paDeclaration } from '../signatures/c2pa-declarations.js';

/**
 * A manifest store without what leads to a person: of an assertion only the members that detectors read, all texts
 * masked as in the Report. What is concluded of it is held against what was concluded of the whole one
 * (kept-trust.ts), so a member that is missing here costs a recheck, and never an answer.
 */
export interface KeptStore extends Omit<StoreEvidence, 'claims' | 'signers' | 'product' | 'bytesFault'> {
  claims?: [string, ClaimFacts][];
}

export interface StoreMasks {
  text: TextMask;
  /** Of names of products, which may be called as a person is. */
  product: TextMask;
  /** Serial numbers were asked for. */
  withNumbers: boolean;
}

export function keptStore(store: StoreEvidence, masks: StoreMasks): KeptStore {
  const { claims, signers: _, product: __, bytesFault: ___, manifests, ownHash, ...rest } = store;
  const { text } = masks;
  return {
    ...masked(rest, text),
    ...(ownHash === undefined ? {} : { ownHash }),
    manifests: manifests.map((one) => keptManifest(one, masks)),
    ...(claims
      ? {
          claims: [...claims].map(([label, facts]): [string, ClaimFacts] => [
            text(label),
            masked(facts, text),
          ]),
        }
      : {}),
  };
}

export function storeFrom({ claims, ...rest }: KeptStore): StoreEvidence {
  return { ...rest, ...(claims ? { claims: new Map(claims) } : {}) };
}

function keptManifest(manifest: ManifestRecord, { text, product, withNumbers }: StoreMasks): ManifestRecord {
  const { signature, actions, assertions, claimGenerator, claimGenerators, ...rest } = manifest;
  return {
    ...masked(rest, text),
    ...(claimGenerator === undefined ? {} : { claimGenerator: product(claimGenerator) }),
    signature: {
      // Whom the credentials are from: shown as it is.
      ...signature,
      ...(signature.serial === undefined || withNumbers ? {} : { serial: MASKED.serial }),
    },
    actions: actions.map(({ softwareAgent, ...action }) => ({
      ...masked(action, text),
      ...(softwareAgent === undefined ? {} : { softwareAgent: product(softwareAgent) }),
    })),
    assertions: assertions.map((one) => masked(keptAssertion(one), text)),
    claimGenerators: masked(claimGenerators, product),
  };
}

function keptAssertion({ label, data, created }: AssertionRecord): AssertionRecord {
  const base = label.replace(/__\d+$/, '');
  const members = READ.get(base);
  return compact({ label, data: members ? picked(data, members) : null, created });
}

/** `*` stands for each entry of a list and each member of an object, and a path that ends there is kept as it is. */
const READ: ReadonlyMap<string, string[]> = new Map([
  ['c2pa.soft-binding', ['alg', 'blocks.*.value']],
  ['c2pa.training-mining', ['entries.*.use']],
  ['cawg.training-mining', ['entries.*.use']],
  [
    'cawg.identity',
    [
      ...[
        'signer_payload.sig_type',
        'type.*',
        'verifiedIdentities.*.type',
        'verifiedIdentities.*.verifiedAt',
      ],
      'verifiedIdentities.*.provider.name',
    ],
  ],
  ...(C2PA_DECLARATIONS as readonly C2paDeclaration[]).flatMap(
    ({ match, shown = [] }): [string, string[]][] =>
      match.in === 'assertion'
        ? [[match.label, [...shown, ...(match.field === undefined ? [] : [match.field])]]]
        : [],
  ),
]);

const MOST_ENTRIES = 64;

function picked(data: unknown, paths: readonly string[]): unknown {
  const steps = paths.map((path) => path.split('.'));
  return pick(data, steps);
}

function pick(value: unknown, paths: readonly string[][]): unknown {
  if (paths.some((path) => path.length === 0)) return plain(value);
  const each = paths.filter(([first]) => first === '*').map(([, ...rest]) => rest);
  if (Array.isArray(value))
    return each.length === 0 ? [] : asArray(value, MOST_ENTRIES).map((one) => pick(one, each));
  const record = asRecord(value);
  if (record === undefined) return null;
  const names = each.length > 0 ? Object.keys(record).slice(0, MOST_ENTRIES) : firstsOf(paths);
  return Object.fromEntries(
    names
      .filter((name) => member(record, name) !== undefined)
      .map((name) => {
        const under = paths.filter(([first]) => first === name || first === '*').map(([, ...rest]) => rest);
        return [name, pick(member(record, name), under)];
      }),
  );
}

const firstsOf = (paths: readonly string[][]): string[] => [
  ...new Set(paths.flatMap(([first]) => first ?? [])),
];

/** Objects and lists are shown by no detector; that one is there is read. */
function plain(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? {} : value;
}

/** Every text in it, names of members among them. */
function masked<T>(value: T, text: TextMask): T {
  if (typeof value === 'string') return text(value) as T;
  if (Array.isArray(value)) return value.map((one) => masked(one, text)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [text(name), masked(one, text)])) as T;
}
