/**
 * Words of a manifest that declare a watermark, besides the registered algorithms. None of them shows how the content
 * was made.
 */

/** C2PA 2.2 table 8 and later: actions that embed an invisible watermark, whether bound to the manifest or not. */
export const WATERMARK_ACTIONS = [
  'c2pa.watermarked',
  'c2pa.watermarked.bound',
  'c2pa.watermarked.unbound',
] as const;
