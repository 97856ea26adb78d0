import { catalogueOf } from '../../src/say/catalogue.js';
import { speechFrom } from '../../src/say/speech.js';

/** English in which each text of the catalogue is marked: what stands outside of the marks came from elsewhere. */
export const PSEUDO = speechFrom('en', () =>
  Object.fromEntries(
    Object.entries(catalogueOf('en')).map(([id, text]) => [
      id,
      id.startsWith('language.') || id.startsWith('text.') || id === 'list.separator' ? text : `⟦${text}⟧`,
    ]),
  ),
);
