import { catalogueOf } from '../../src/say/catalogue.js';
import { speechFrom } from '../../src/say/speech.js';

/** Made once: it is asked for with each text that is said. */
const MARKED = Object.fromEntries(
  Object.entries(catalogueOf('en')).map(([id, text]) => [
    id,
    id.startsWith('language.') || id.startsWith('text.') || id === 'list.separator' ? text : `⟦${text}⟧`,
  ]),
);

/** English in which each text of the catalogue is marked: what stands outside of the marks came from elsewhere. */
export const PSEUDO = speechFrom('en', () => MARKED);
