import { daySaid } from '../../say/amounts.js';
import { type Said, said } from '../../say/said.js';
/** Files of a trust folder, by the names their publishers gave them. */
export const TRUST_FILES = {
  official: 'C2PA-TRUST-LIST.pem',
  officialTsa: 'C2PA-TSA-TRUST-LIST.pem',
  interim: 'ITL-anchors.pem',
  interimAllowed: 'ITL-allowed.pem',
  conformingProducts: 'conforming-products-list.json',
  sources: 'sources.json',
  privateFolder: 'private',
  privateTsaFolder: 'private/tsa',
} as const;

/** In the order of precedence: a signer on several lists is reported by the first. */
export const LIST_KINDS = ['official', 'interim', 'private'] as const;
export type ListKind = (typeof LIST_KINDS)[number];

/** What a list may vouch for. The two are never mixed: a timestamp authority's issuer makes no signer listed. */
export type ListPurpose = 'signer' | 'authority';

/** Names of lists, by their ids in the catalogues. */
export const LIST_NAMES = {
  signer: { official: 'c2pa', interim: 'interim', private: 'private' },
  authority: { official: 'c2paTsa', interim: 'interimTsa', private: 'privateTsa' },
} as const satisfies Record<ListPurpose, Record<ListKind, string>>;
export type ListName = (typeof LIST_NAMES)[ListPurpose][ListKind];

/** What a list is called, and with the day of its edition. */
export const listSaid = (name: ListName): Said => said(`place.list.${name}`);
export const editionSaid = ({ name, date }: { name: ListName; date?: string }): Said =>
  date === undefined
    ? listSaid(name)
    : said('place.list.dated', { list: listSaid(name), date: daySaid(date) });
