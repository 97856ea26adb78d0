/** Faults of the file around the manifest store: they do not tell whether there is one. */
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

/** True where the code says that a manifest store was found. */
export function isStoreFault(code: string): boolean {
  return code.startsWith('c2pa.') && !ASSET_FAULTS.has(code.slice('c2pa.'.length));
}
