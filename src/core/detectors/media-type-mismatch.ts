import { said } from '../../say/said.js';
import { agrees, mimeOfName } from '../media/media-types.js';
import { defineDetector } from './detector.js';

/** The bytes decide; where a client's word or the name's ending differs, that is said. */
export const mediaTypeMismatch = defineDetector({
  id: 'media-type-mismatch',
  needs: [],
  raises: ['file.mediaTypeMismatch'],
  detect: () => [],
  ofName({ name, declaredMediaType }, { bytes, mediaType: actual }) {
    if (bytes === 0) return [];
    const claims = [
      { place: 'file name', stated: mimeOfName(name) },
      { place: 'declared media type', stated: declaredMediaType },
    ];
    const wrong = claims.filter(
      (c): c is { place: string; stated: string } => c.stated !== undefined && !agrees(c.stated, actual),
    );
    const [first] = wrong;
    if (!first) return [];
    return [
      {
        id: 'file.mediaTypeMismatch',
        backing: 'inferred',
        said: { value: said('fact.mediaTypes', { stated: first.stated, found: actual }) },
        basis: wrong.map(({ place }) => ({ carrier: 'file', place })),
      },
    ];
  },
});
