import { SETTING_NAMES } from '../ground/setting-names.js';

/** Facts of signals that have a name of ours. Any other is the name of a field, as its standard writes it. */
export const FACT_NAMES = [
  // What generators write.
  ...SETTING_NAMES,
  'producer',
  'product',
  'provider',
  'created',
  'id',
  'promptWriter',
  // What editors and sites write.
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
  // What cameras write.
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
  // What stands in the picture itself.
  'channel',
  'channel order',
  'compressed',
  'text',
  'quality',
  'subsampling',
  'stated',
  'found',
  // Whom Content Credentials name.
  'account',
  'accountChecked',
  'accountName',
  // GB 45438-2025: whom a label names, and what is signed of it.
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

/** Ids of the catalogues have no spaces. */
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
