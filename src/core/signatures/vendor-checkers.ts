/**
 * Whose own page could tell more of a file that names them; of other files it tells nothing. For people: Assay calls none
 * of them. Sources: the makers' pages of that address.
 */
export interface VendorChecker {
  vendor: string;
  /** Begins a name that a file or a row of ours gives its tool or signer. */
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

/** Looks for copies of a picture that a person gives it; its address carries nothing of the file. */
export const OLDER_COPIES = 'https://tineye.com/';
