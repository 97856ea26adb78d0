/** Second bytes of the markers APP0 to APP15, by number. */
export const APP = Array.from({ length: 16 }, (_, number) => 0xe0 + number);

/** First bytes of a segment's data, which identify its owner. */
export const JPEG_HEADS = {
  jfif: magic('JFIF\0'),
  jfxx: magic('JFXX\0'),
  /** A padding byte follows, before the TIFF header. */
  exif: magic('Exif\0'),
  xmp: magic('http://ns.adobe.com/xap/1.0/\0'),
  extendedXmp: magic('http://ns.adobe.com/xmp/extension/\0'),
  icc: magic('ICC_PROFILE\0'),
  mpf: magic('MPF\0'),
  flashpix: magic('FPXR\0'),
  jumbf: magic('JP'),
  photoshop: magic('Photoshop 3.0\0'),
} as const;

/** `Exif`, its zero byte and the padding. */
export const EXIF_HEAD_BYTES = 6;

export function startsWith(data: Buffer, head: Buffer): boolean {
  return data.subarray(0, head.length).equals(head);
}

function magic(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
