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

/**
 * Reverse image search: it looks for copies of a picture that the user submits. The address contains nothing about the
 * file.
 */
export const REVERSE_IMAGE_SEARCH = 'https://tineye.com/';
