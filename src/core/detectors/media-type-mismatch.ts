import { message } from '../../i18n/message.js';
import { formatOfMime, isCompatibleMime, mimeByExtension, UNKNOWN_MEDIA_TYPE } from '../media/media-types.js';
import { defineDetector } from './detector.js';

/** Detects that the client's declared type or the name's extension differs from the bytes. The bytes decide. */
export const mediaTypeMismatch = defineDetector({
  id: 'media-type-mismatch',
  needs: [],
  raises: ['file.mediaTypeMismatch'],
  detect: () => [],
  detectName({ name, declaredMediaType }, { bytes, mediaType: actual }) {
    if (bytes === 0) return [];
    const claims = [
      { locator: 'file name', stated: mimeByExtension(name) },
      { locator: 'declared media type', stated: declaredMediaType },
    ];
    const wrong = claims.filter(
      (c): c is { locator: string; stated: string } =>
        c.stated !== undefined && !isCompatibleMime(c.stated, actual) && isJudged(c.stated, actual),
    );
    const [first] = wrong;
    if (!first) return [];
    return [
      {
        id: 'file.mediaTypeMismatch',
        backing: 'inferred',
        messages: { value: message('fact.mediaTypes', { stated: first.stated, found: actual }) },
        basis: wrong.map(({ locator }) => ({ carrier: 'file', locator })),
      },
    ];
  },
});

/** Bytes of an unknown type contradict only a type that Assay would have recognised. */
const isJudged = (stated: string, actual: string): boolean =>
  actual !== UNKNOWN_MEDIA_TYPE.mime || formatOfMime(stated) !== undefined;
