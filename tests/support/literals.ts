import type { ManifestRecord, StatusCode, StoreEvidence } from '../../src/core/c2pa/manifest-store.js';
import type { Carriers, Evidence } from '../../src/core/evidence/evidence.js';
import type { AssetFacts } from '../../src/core/media/asset-facts.js';
import { CARRIERS } from '../../src/core/media/carrier.js';
import { MEDIA_TYPES } from '../../src/core/media/media-types.js';

/** Evidence and facts as literals, for tests that need no file bytes. */

export const facts = (overrides: Partial<AssetFacts> = {}): AssetFacts => ({
  bytes: 100,
  sha256: '0'.repeat(64),
  mediaType: MEDIA_TYPES.png,
  ...overrides,
});

type Found = { [C in keyof Carriers]?: Carriers[C] };

/** Returns evidence with every carrier absent but the given ones. */
export function evidence(found: Found = {}): Evidence {
  return Object.fromEntries(
    CARRIERS.map((carrier) => [
      carrier,
      found[carrier] === undefined ? { status: 'absent' } : { status: 'found', value: found[carrier] },
    ]),
  ) as unknown as Evidence;
}

export const success = (code: string, label = 'm1'): StatusCode => ({
  code,
  kind: 'success',
  url: `self#jumbf=/c2pa/${label}/c2pa.x`,
});
export const failure = (code: string, label = 'm1', explanation?: string): StatusCode => ({
  code,
  kind: 'failure',
  url: `self#jumbf=/c2pa/${label}/c2pa.x`,
  ...(explanation === undefined ? {} : { explanation }),
});

/** Codes of a manifest whose signature, hashed URIs and hard binding match. */
export const INTACT = [
  success('claimSignature.validated'),
  success('claimSignature.insideValidity'),
  success('assertion.hashedURI.match'),
  success('assertion.dataHash.match'),
];

export const manifest = (label: string, overrides: Partial<ManifestRecord> = {}): ManifestRecord => ({
  label,
  signature: { organisation: 'Example Studio' },
  actions: [],
  ingredients: [],
  assertions: [],
  claimGenerators: [],
  hasThumbnail: false,
  ...overrides,
});

export const store = (overrides: Partial<StoreEvidence> = {}): StoreEvidence => ({
  kind: 'store',
  engine: { name: 'native', version: '0', sdk: 'c2pa-rs 0' },
  activeManifest: 'm1',
  manifests: [manifest('m1')],
  codes: { active: INTACT, ingredients: [] },
  ...overrides,
});

const TERMS = 'http://cv.iptc.org/newscodes/digitalsourcetype';
export const TAM = `${TERMS}/trainedAlgorithmicMedia`;
export const CTAM = `${TERMS}/compositeWithTrainedAlgorithmicMedia`;
export const CAPTURE = `${TERMS}/digitalCapture`;

export const action = (name: string, digitalSourceType?: string, label = 'm1') => ({
  action: name,
  ...(digitalSourceType === undefined ? {} : { digitalSourceType }),
  locator: `self#jumbf=/c2pa/${label}/c2pa.assertions/c2pa.actions.v2#actions[0]`,
});

export const ingredient = (relationship: string, label?: string, recorded: StatusCode[] = []) => ({
  relationship,
  ...(label === undefined ? {} : { manifest: label }),
  recorded,
});
