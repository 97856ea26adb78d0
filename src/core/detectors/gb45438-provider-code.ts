import { type Said, said } from '../../say/said.js';

/**
 * TC260-PG-20252A, the code of a service provider, 27 characters: format 00, subject type, binding, subject code,
 * service extension. Only `1`/`1` (an organisation, bound by its USCC) has been seen: any other code is left as a name.
 */
export interface ProviderCode {
  code: string;
  /** Unified social credit code, GB 32100-2015. */
  uscc: string;
  usccHolds: boolean;
  /** Position 23. */
  service: string;
  /** Positions 24–27, which the provider assigns. */
  model: string;
}

export type ProviderReading = { code: ProviderCode } | { malformed: Said } | { name: string };

const CODE_CHARACTERS = 27;

export function readProvider(text: string): ProviderReading {
  if (!/^0011[0-9A-Za-z]{14,40}$/.test(text)) return { name: text };
  if (text.length !== CODE_CHARACTERS) return { malformed: codeLength(text) };
  if (/[a-z]/.test(text)) return { malformed: said('fact.code.smallLetters') };
  const uscc = text.slice(4, 22);
  const strange = [...uscc].find((character) => !ALPHABET.includes(character));
  if (strange !== undefined) return { malformed: said('fact.code.strangeLetter', { letter: strange }) };
  return {
    code: {
      code: text,
      uscc,
      usccHolds: hasItsCheckDigit(uscc),
      service: text.charAt(22),
      model: text.slice(23),
    },
  };
}

const codeLength = ({ length }: string): Said =>
  said('fact.code.length', { got: String(length), wanted: String(CODE_CHARACTERS) });

/** A person’s code might hold an identity number: the rule for its subject code is not public. */
export function isOtherSubject(text: string): boolean {
  return /^00(?!11)[0-9A-Z]{25}$/.test(text);
}

/** The same within a longer text; what tells that it is such a code stays. */
export function maskOtherSubjects(text: string, mask: string): string {
  return text.replace(/(?<![0-9A-Za-z])(00(?!11)[0-9A-Z]{2})[0-9A-Z]{23}(?![0-9A-Za-z])/g, `$1${mask}`);
}

/** GB 32100-2015: no I, O, S, V, Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** GB 32100-2015: weights 3^i, modulo 31; the eighteenth character makes the sum come out even. */
export function hasItsCheckDigit(uscc: string): boolean {
  let sum = 0;
  let weight = 1;
  for (const character of uscc.slice(0, 17)) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % ALPHABET.length;
  }
  return uscc.charAt(17) === ALPHABET[(ALPHABET.length - (sum % ALPHABET.length)) % ALPHABET.length];
}
