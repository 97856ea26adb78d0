import { lookupTable } from '../../../base/table.js';

/**
 * Format passed to the SDKs, by the media type that was detected from the bytes. Source: c2pa-rs
 * docs/supported-formats.md.
 */
const FORMATS: Readonly<Record<string, string>> = lookupTable({
  'image/jpeg': 'image/jpeg',
  'image/png': 'image/png',
  'image/apng': 'image/png',
  'image/webp': 'image/webp',
  'image/gif': 'image/gif',
  'image/tiff': 'image/tiff',
  'image/x-adobe-dng': 'image/x-adobe-dng',
  'image/x-sony-arw': 'image/x-sony-arw',
  'image/x-nikon-nef': 'image/x-nikon-nef',
  'image/heic': 'image/heic',
  'image/heif': 'image/heif',
  'image/avif': 'image/avif',
  'image/jxl': 'image/jxl',
  'image/svg+xml': 'image/svg+xml',
  'video/mp4': 'video/mp4',
  'video/x-m4v': 'video/x-m4v',
  'video/3gpp': 'video/mp4',
  'video/3gpp2': 'video/mp4',
  'video/quicktime': 'video/quicktime',
  'audio/mp4': 'audio/mp4',
  'audio/mpeg': 'audio/mpeg',
  'audio/wav': 'audio/wav',
  'audio/flac': 'audio/flac',
  'video/x-msvideo': 'video/avi',
  'application/pdf': 'application/pdf',
});

/** Returns the SDK's name of the format; `undefined` if no official SDK reads it. */
export function toSdkFormat(mime: string): string | undefined {
  return FORMATS[mime];
}
