/**
 * Parts that are unknown if certificates, claims or timestamps could not be read from the file's own bytes. The engine
 * reads the rest of a store itself, so a fault affects only what depends on that part:
 *
 * - `signer`: trust list of the active manifest's signer;
 * - `time`: whether a timestamp proves the signing time;
 * - `binding`: what the hash excludes;
 * - `claims`: what the rubric reads from the assertions as signed;
 * - `statements`: statements of the active manifest, if the engine could not load it;
 * - `backing`: whether lists vouch for signers, which determines the backing of signals.
 */
export const BYTES_PARTS = ['signer', 'time', 'binding', 'claims', 'statements', 'backing'] as const;
export type BytesPart = (typeof BYTES_PARTS)[number];

/** Parts that Assay reads itself. If it found no store in the bytes, the engine's statements are still available. */
export const OWN_PARTS: readonly BytesPart[] = BYTES_PARTS.filter((part) => part !== 'statements');
