/** Faults of the file around the manifest store. They do not show whether a store exists. */
const ASSET_FAULTS = new Set([
  'InvalidAsset',
  'BadParam',
  'OtherError',
  'InvalidFileSignature',
  'Unknown',
  'NotFound',
  'TooManyManifestStores',
  'XmpReadError',
]);

/** Returns whether the code shows that a manifest store was found. */
export function isStoreFault(code: string): boolean {
  return code.startsWith('c2pa.') && !ASSET_FAULTS.has(code.slice('c2pa.'.length));
}
