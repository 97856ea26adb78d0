import { DECLARED_WATERMARK, IDENTITY, STATEMENT, STORE } from './families.js';
import type { SignalRow } from './row.js';

const DECLARATION = { ...STATEMENT, row: 'credentials', contradicts: ['mentions-ai'] } as const;
const MADE_BY_AI = {
  ...DECLARATION,
  states: 'ai-generated',
  contradicts: ['mentions-ai', 'generation'],
} as const satisfies SignalRow;
const SIGNER = { ...STORE, inCredentials: ['signer'] } as const;
const TIME = { ...STORE, inCredentials: ['time'] } as const;
const CHECK = { ...IDENTITY, backing: 'identity' } as const;
const AI_ACTION = { ...STATEMENT, gathered: { into: 'file.aiMark.signed', leavesOpen: true } } as const;

/** The manifest store itself: whether it is there and whole, who signed it and when. */
export const STORE_SIGNALS = {
  'c2pa.present': STORE,
  'c2pa.remote': STORE,
  'c2pa.unreadable': STORE,
  'c2pa.integrity.intact': { ...STORE, contradicts: ['manifest'] },
  'c2pa.binding.leavesOutMore': { ...STORE, inCredentials: ['binding'], row: 'credentials' },
  'c2pa.integrity.altered': STORE,
  'c2pa.integrity.undetermined': STORE,
  'c2pa.ingredient.altered': STORE,
  'c2pa.engines.disagree': STORE,
  'c2pa.signer.named': { ...STORE, contradicts: ['signer'] },
  'c2pa.signer.official': SIGNER,
  'c2pa.signer.interim': SIGNER,
  'c2pa.signer.private': SIGNER,
  'c2pa.signer.unlisted': SIGNER,
  // An answer on revocation is weighed at the proven time.
  'c2pa.signer.revoked': { ...SIGNER, inCredentials: ['signer', 'time'] },
  'c2pa.conformance.disallowedSignal': {
    ...STORE,
    inCredentials: ['signer', 'claims', 'statements'],
    contradicts: ['disallowed'],
  },
  'c2pa.time.proven': TIME,
  'c2pa.time.stamped': TIME,
  'c2pa.time.expiredWithoutTimestamp': TIME,
} as const satisfies Record<string, SignalRow>;

/** What a manifest declares beside the source type, in forms of vendors, and what else stands in its assertions. */
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

/** What a manifest discloses beside the source type: the items that laws ask for one by one. */
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
