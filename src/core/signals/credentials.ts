import { DECLARED_WATERMARK, IDENTITY, STATEMENT, STORE } from './families.js';
import type { SignalRow } from './row.js';

const DECLARATION = { ...STATEMENT, pageRow: 'credentials', contradicts: ['mentions-ai'] } as const;
const MADE_BY_AI = {
  ...DECLARATION,
  states: 'ai-generated',
  contradicts: ['mentions-ai', 'generation'],
} as const satisfies SignalRow;
const SIGNER = { ...STORE, neededParts: ['signer'] } as const;
const TIME = { ...STORE, neededParts: ['time'] } as const;
const CHECK = { ...IDENTITY, backing: 'identity' } as const;
const AI_ACTION = { ...STATEMENT, gathering: { fact: 'file.aiMark.signed', isRequired: true } } as const;

/** Signals of the manifest store itself: presence, integrity, signer and time. */
export const STORE_SIGNALS = {
  'c2pa.present': STORE,
  'c2pa.remote': STORE,
  'c2pa.unreadable': STORE,
  'c2pa.integrity.intact': { ...STORE, contradicts: ['manifest'] },
  'c2pa.binding.leavesOutMore': { ...STORE, neededParts: ['binding'], pageRow: 'credentials' },
  'c2pa.integrity.altered': STORE,
  'c2pa.integrity.undetermined': STORE,
  'c2pa.ingredient.altered': STORE,
  'c2pa.engines.disagree': STORE,
  'c2pa.signer.named': { ...STORE, contradicts: ['signer'] },
  'c2pa.signer.official': SIGNER,
  'c2pa.signer.interim': SIGNER,
  'c2pa.signer.private': SIGNER,
  'c2pa.signer.unlisted': SIGNER,
  // A revocation response is evaluated at the proven time.
  'c2pa.signer.revoked': { ...SIGNER, neededParts: ['signer', 'time'] },
  'c2pa.conformance.disallowedSignal': {
    ...STORE,
    neededParts: ['signer', 'claims', 'statements'],
    contradicts: ['disallowed'],
  },
  'c2pa.time.proven': TIME,
  'c2pa.time.stamped': TIME,
  'c2pa.time.expiredWithoutTimestamp': TIME,
} as const satisfies Record<string, SignalRow>;

/** Declarations of a manifest besides the source type, in vendor-specific forms, and other content of its assertions. */
export const DECLARATION_SIGNALS = {
  'c2pa.declaration.microsoftAiImage': MADE_BY_AI,
  'c2pa.declaration.blackForestLabs': MADE_BY_AI,
  'c2pa.declaration.adobeFirefly': MADE_BY_AI,
  'c2pa.declaration.aiDisclosure': DECLARATION,
  'c2pa.declaration.suno': DECLARATION,
  'c2pa.declaration.dreamina': DECLARATION,
  'c2pa.trainingMining': STATEMENT,
  'c2pa.softBinding.fingerprint': STATEMENT,
  'c2pa.softBinding.unrecognised': STATEMENT,
  'watermark.declared': DECLARED_WATERMARK,
  'watermark.action': DECLARED_WATERMARK,
  'cawg.identity.present': IDENTITY,
  'cawg.identity.wellFormed': IDENTITY,
  'cawg.identity.notCheckable': CHECK,
  'cawg.identity.malformed': CHECK,
  'cawg.identity.outsideValidity': CHECK,
  'cawg.identity.invalid': CHECK,
} as const satisfies Record<string, SignalRow>;

/** Disclosures of a manifest besides the source type: items that laws require individually. */
export const DISCLOSURE_SIGNALS = {
  'c2pa.ai.created': AI_ACTION,
  'c2pa.ai.altered': AI_ACTION,
  'c2pa.ai.systemNamed': STATEMENT,
  'c2pa.ai.systemVersion': STATEMENT,
  'c2pa.ai.when': STATEMENT,
  'c2pa.ai.inIngredient': STATEMENT,
  'c2pa.identifier': STATEMENT,
  'c2pa.capture.stated': STATEMENT,
  'c2pa.capture.deviceNamed': STATEMENT,
  'c2pa.capture.when': STATEMENT,
} as const satisfies Record<string, SignalRow>;
