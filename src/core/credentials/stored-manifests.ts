import { asArray, asRecord, compact, ownMember } from '../../base/json-shape.js';
import type { ClaimFacts } from '../c2pa/claim-facts.js';
import type { AssertionRecord, ManifestRecord, StoreEvidence } from '../c2pa/manifest-store.js';
import type { TextMask } from '../masking/personal-text.js';
import { MASKED } from '../signals/mask-words.js';
import { C2PA_DECLARATIONS, type C2paDeclaration } from '../signatures/c2pa-declarations.js';

/**
 * Manifest store without data that identifies a person. Assertions keep only the members that detectors read, and all
 * texts are masked as in the Report. Conclusions from it are compared with those from the whole store before it is
 * stored (core/pipeline/stored-trust.ts), so a missing member costs a recheck but never causes a wrong answer.
 */
export interface StoredStore extends Omit<StoreEvidence, 'claims' | 'signers' | 'product' | 'bytesFault'> {
  claims?: [string, ClaimFacts][];
}

export interface StoreMasks {
  text: TextMask;
  /** Mask for product names, which may equal personal names. */
  product: TextMask;
  /** The caller requested serial numbers. */
  showsSerials: boolean;
}

export function toStoredStore(store: StoreEvidence, masks: StoreMasks): StoredStore {
  const { claims, signers: _, product: __, bytesFault: ___, manifests, ownHash, ...rest } = store;
  const { text } = masks;
  return {
    ...maskTexts(rest, text),
    ...(ownHash === undefined ? {} : { ownHash }),
    manifests: manifests.map((one) => toStoredManifest(one, masks)),
    ...(claims
      ? {
          claims: [...claims].map(([label, facts]): [string, ClaimFacts] => [
            text(label),
            maskTexts(facts, text),
          ]),
        }
      : {}),
  };
}

export function restoreStore({ claims, ...rest }: StoredStore): StoreEvidence {
  return { ...rest, ...(claims ? { claims: new Map(claims) } : {}) };
}

function toStoredManifest(
  manifest: ManifestRecord,
  { text, product, showsSerials: withNumbers }: StoreMasks,
): ManifestRecord {
  const { signature, actions, assertions, claimGenerator, claimGenerators, ...rest } = manifest;
  return {
    ...maskTexts(rest, text),
    ...(claimGenerator === undefined ? {} : { claimGenerator: product(claimGenerator) }),
    signature: {
      // The signer is the source of the credentials and is never masked.
      ...signature,
      ...(signature.serial === undefined || withNumbers ? {} : { serial: MASKED.serial }),
    },
    actions: actions.map(({ softwareAgent, ...action }) => ({
      ...maskTexts(action, text),
      ...(softwareAgent === undefined ? {} : { softwareAgent: product(softwareAgent) }),
    })),
    assertions: assertions.map((one) => maskTexts(toStoredAssertion(one), text)),
    claimGenerators: maskTexts(claimGenerators, product),
  };
}

function toStoredAssertion({ label, data, created }: AssertionRecord): AssertionRecord {
  const base = label.replace(/__\d+$/, '');
  const members = READ_MEMBERS.get(base);
  return compact({ label, data: members ? pickPaths(data, members) : null, created });
}

/**
 * Members that detectors read, by assertion label. `*` stands for each entry of a list or member of an object; a path
 * that ends there is stored unchanged.
 */
const READ_MEMBERS: ReadonlyMap<string, string[]> = new Map([
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

const MAX_ENTRIES = 64;

function pickPaths(data: unknown, paths: readonly string[]): unknown {
  const steps = paths.map((path) => path.split('.'));
  return pickMembers(data, steps);
}

function pickMembers(value: unknown, paths: readonly string[][]): unknown {
  if (paths.some((path) => path.length === 0)) return withoutContent(value);
  const each = paths.filter(([first]) => first === '*').map(([, ...rest]) => rest);
  if (Array.isArray(value))
    return each.length === 0 ? [] : asArray(value, MAX_ENTRIES).map((one) => pickMembers(one, each));
  const record = asRecord(value);
  if (record === undefined) return null;
  const names = each.length > 0 ? Object.keys(record).slice(0, MAX_ENTRIES) : firstSteps(paths);
  return Object.fromEntries(
    names
      .filter((name) => ownMember(record, name) !== undefined)
      .map((name) => {
        const under = paths.filter(([first]) => first === name || first === '*').map(([, ...rest]) => rest);
        return [name, pickMembers(ownMember(record, name), under)];
      }),
  );
}

const firstSteps = (paths: readonly string[][]): string[] => [
  ...new Set(paths.flatMap(([first]) => first ?? [])),
];

/** Detectors never show objects or lists, they only check for their presence. */
function withoutContent(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? {} : value;
}

/** Masks every text in a value, including the names of members. */
function maskTexts<T>(value: T, text: TextMask): T {
  if (typeof value === 'string') return text(value) as T;
  if (Array.isArray(value)) return value.map((one) => maskTexts(one, text)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [text(name), maskTexts(one, text)]),
  ) as T;
}
