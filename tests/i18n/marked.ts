import { loadCatalogue } from '../../src/i18n/catalogue.js';
import { translatorFrom } from '../../src/i18n/translator.js';

/** Created once, because it is used for every text. */
const MARKED = Object.fromEntries(
  Object.entries(loadCatalogue('en')).map(([id, text]) => [
    id,
    id.startsWith('language.') || id.startsWith('text.') || id === 'list.separator' ? text : `⟦${text}⟧`,
  ]),
);

/** English with marks around each text of the catalogue: text outside of the marks came from elsewhere. */
export const PSEUDO = translatorFrom('en', () => MARKED);
