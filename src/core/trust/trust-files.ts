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

export const LIST_NAMES: Readonly<Record<ListPurpose, Readonly<Record<ListKind, string>>>> = {
  signer: {
    official: 'C2PA Trust List',
    interim: 'Interim Trust List',
    private: 'private anchors',
  },
  authority: {
    official: 'C2PA TSA Trust List',
    interim: 'Interim Trust List (timestamping)',
    private: 'private timestamp anchors',
  },
};
