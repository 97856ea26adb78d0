/**
 * Vendors whose own page can tell more about a file that names them, but nothing about other files. The links are for
 * users; Assay never requests them. Sources: the makers' pages of that address.
 */
export interface VendorChecker {
  vendor: string;
  /** Matches the start of a tool's or signer's name, as given by a file or a row. */
  of: RegExp;
  address: string;
}

export const VENDOR_CHECKERS: readonly VendorChecker[] = [
  {
    vendor: 'OpenAI',
    of: /\b(openai|chatgpt|dall[·. -]?e|sora|gpt-)/i,
    address: 'https://openai.com/verify',
  },
  { vendor: 'Google', of: /\b(google|gemini|imagen|veo)\b/i, address: 'https://gemini.google.com/' },
  {
    vendor: 'Adobe',
    of: /\b(adobe|firefly|photoshop|lightroom)\b/i,
    address: 'https://contentauthenticity.adobe.com/inspect',
  },
];

/** Reverse image search: it looks for copies of a picture. */
export interface PictureSearch {
  name: string;
  /** Page that takes a picture from the user. It contains nothing about the file. */
  address: string;
  /** Searches for the picture at the address that is added, percent-encoded. */
  byLink: string;
}

export const TINEYE: PictureSearch = {
  name: 'TinEye',
  address: 'https://tineye.com/',
  byLink: 'https://tineye.com/search?url=',
};

export const PICTURE_SEARCHES: readonly PictureSearch[] = [
  {
    name: 'Google Lens',
    address: 'https://images.google.com/',
    byLink: 'https://lens.google.com/uploadbyurl?url=',
  },
  {
    name: 'Bing',
    address: 'https://www.bing.com/visualsearch',
    byLink: 'https://www.bing.com/images/searchbyimage?cbir=sbi&imgurl=',
  },
  {
    name: 'Yandex',
    address: 'https://yandex.com/images/',
    byLink: 'https://yandex.com/images/search?rpt=imageview&url=',
  },
  TINEYE,
];
