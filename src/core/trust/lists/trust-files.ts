import { dayMessage } from '../../../i18n/amounts.js';
import { type Message, message } from '../../../i18n/message.js';
/** Files of a trust folder, by their publishers' names. */
export const TRUST_FILES = {
  official: 'C2PA-TRUST-LIST.pem',
  officialTsa: 'C2PA-TSA-TRUST-LIST.pem',
  interim: 'ITL-anchors.pem',
  interimAllowed: 'ITL-allowed.pem',
  interimFacts: 'interim-list.json',
  conformingProducts: 'conforming-products-list.json',
  sources: 'sources.json',
  privateFolder: 'private',
  privateTsaFolder: 'private/tsa',
} as const;

/** Kinds in order of precedence: a signer on several lists is reported by the first. */
export const LIST_KINDS = ['official', 'interim', 'private'] as const;
export type ListKind = (typeof LIST_KINDS)[number];

/** Purpose that a list vouches for. The two are never mixed: a timestamp authority's issuer makes no signer listed. */
export type ListPurpose = 'signer' | 'authority';

/** List names, by their ids in the catalogues. */
export const LIST_NAMES = {
  signer: { official: 'c2pa', interim: 'interim', private: 'private' },
  authority: { official: 'c2paTsa', interim: 'interimTsa', private: 'privateTsa' },
} as const satisfies Record<ListPurpose, Record<ListKind, string>>;
export type ListName = (typeof LIST_NAMES)[ListPurpose][ListKind];

/** Returns the message for a list's name. */
export const listNameMessage = (name: ListName): Message => message(`place.list.${name}`);
export const editionMessage = ({ name, date }: { name: ListName; date?: string }): Message =>
  date === undefined
    ? listNameMessage(name)
    : message('place.list.dated', { list: listNameMessage(name), date: dayMessage(date) });
