import { SETTING_NAMES } from '../../base/setting-names.js';

/** Facts whose names are translated. Any other fact is named by the field name of its standard. */
export const FACT_NAMES = [
  // Written by generators.
  ...SETTING_NAMES,
  'producer',
  'product',
  'provider',
  'created',
  'id',
  'promptWriter',
  // Written by editors and sites.
  'software',
  'action',
  'first',
  'last',
  'appVersion',
  'os',
  'editType',
  'exportType',
  'capabilityName',
  'otherConstraints',
  // Written by cameras.
  'lens',
  'make',
  'maker note',
  'camera serial number',
  'lens serial number',
  'recorder reference',
  'owner',
  'artist',
  'creator',
  'byline',
  'author',
  'latitude',
  'longitude',
  // Found in the picture itself.
  'channel',
  'channel order',
  'compressed',
  'text',
  'quality',
  'subsampling',
  'stated',
  'found',
  // Identities named by Content Credentials.
  'account',
  'accountChecked',
  'accountName',
  // GB 45438-2025: parties named by a label, and the content of its signatures.
  'field',
  'providerCode',
  'subjectType',
  'binding',
  'uscc',
  'usccCheckDigit',
  'serviceType',
  'modelCode',
  'companyLookUp',
  'companyLookUpSource',
  'companyLookUpConflict',
  'companyLookUpConflictSource',
  'fault',
  'type',
  'publicEntries',
  'publicEntriesNotLookedAt',
  'bindings',
  'algorithm',
  'signs',
  'publicKey',
  'reason',
  'signed',
  'signedForm',
] as const;
export type FactName = (typeof FACT_NAMES)[number];

const KNOWN: ReadonlySet<string> = new Set(FACT_NAMES);

export function isFactName(name: string): name is FactName {
  return KNOWN.has(name);
}

/** Names with spaces, mapped to ids without, as the catalogues require. */
const HYPHENED = {
  'maker note': 'maker-note',
  'camera serial number': 'camera-serial-number',
  'lens serial number': 'lens-serial-number',
  'recorder reference': 'recorder-reference',
  'channel order': 'channel-order',
} as const satisfies Partial<Record<FactName, string>>;

const isSpaced = (name: FactName): name is keyof typeof HYPHENED => Object.hasOwn(HYPHENED, name);

export const factId = (name: FactName) =>
  isSpaced(name) ? (`page.fact.${HYPHENED[name]}` as const) : (`page.fact.${name}` as const);
