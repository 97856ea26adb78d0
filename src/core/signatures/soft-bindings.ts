/** Words of a manifest that declare a watermark, besides the registered algorithms. None of them says how the content was made. */

/** C2PA 2.2 table 8 and later: an invisible watermark was put in, bound to the manifest or not. */
export const WATERMARK_ACTIONS = [
  'c2pa.watermarked',
  'c2pa.watermarked.bound',
  'c2pa.watermarked.unbound',
] as const;
