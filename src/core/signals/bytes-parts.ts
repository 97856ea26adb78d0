/**
 * What is missing where certificates, claims or timestamps could not be read from the file's own bytes. The engine
 * reads the rest of a store itself, so a fault here leaves open no more than what hangs on that part:
 *
 * - `signer`: on which list the active manifest's signer stands;
 * - `time`: whether a timestamp proves when it was signed;
 * - `binding`: what its hash leaves out;
 * - `claims`: what the rubric reads from the assertions as signed;
 * - `statements`: what the active manifest states, where the engine could not load it;
 * - `backing`: whether signers are vouched for, and so how well signals that were found are backed.
 */
export const BYTES_PARTS = ['signer', 'time', 'binding', 'claims', 'statements', 'backing'] as const;
export type BytesPart = (typeof BYTES_PARTS)[number];

/** What Assay reads itself: where it found no store in the bytes, the engine's statements are there all the same. */
export const OWN_PARTS: readonly BytesPart[] = BYTES_PARTS.filter((part) => part !== 'statements');
