import { type Message, message } from '../../i18n/message.js';

/**
 * Service provider code of TC260-PG-20252A, 27 characters: format 00, subject type, binding, subject code, service
 * extension. Only `1`/`1` (an organisation, bound by its USCC) has been observed; any other code is treated as a name.
 */
export interface ProviderCode {
  code: string;
  /** Unified social credit code, GB 32100-2015. */
  uscc: string;
  isUsccValid: boolean;
  /** Position 23 of the code. */
  service: string;
  /** Positions 24–27, which the provider assigns. */
  model: string;
}

export type ProviderReading = { code: ProviderCode } | { malformed: Message } | { name: string };

const CODE_CHARACTERS = 27;

export function readProvider(text: string): ProviderReading {
  if (!/^0011[0-9A-Za-z]{14,40}$/.test(text)) return { name: text };
  if (text.length !== CODE_CHARACTERS) return { malformed: codeLength(text) };
  if (/[a-z]/.test(text)) return { malformed: message('fact.code.smallLetters') };
  const uscc = text.slice(4, 22);
  const strange = [...uscc].find((character) => !ALPHABET.includes(character));
  if (strange !== undefined) return { malformed: message('fact.code.strangeLetter', { letter: strange }) };
  return {
    code: {
      code: text,
      uscc,
      isUsccValid: hasValidCheckDigit(uscc),
      service: text.charAt(22),
      model: text.slice(23),
    },
  };
}

const codeLength = ({ length }: string): Message =>
  message('fact.code.length', { got: String(length), wanted: String(CODE_CHARACTERS) });

/** A person’s code might contain an identity number: the rule for its subject code is not public. */
export function isOtherSubject(text: string): boolean {
  return /^00(?!11)[0-9A-Z]{25}$/.test(text);
}

/** Masks such codes within a longer text; the prefix that identifies the code remains. */
export function maskOtherSubjects(text: string, mask: string): string {
  return text.replace(/(?<![0-9A-Za-z])(00(?!11)[0-9A-Z]{2})[0-9A-Z]{23}(?![0-9A-Za-z])/g, `$1${mask}`);
}

/** Alphabet of GB 32100-2015, without I, O, S, V and Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** GB 32100-2015: weights 3^i modulo 31; the eighteenth character makes the sum divisible. */
export function hasValidCheckDigit(uscc: string): boolean {
  let sum = 0;
  let weight = 1;
  for (const character of uscc.slice(0, 17)) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % ALPHABET.length;
  }
  return uscc.charAt(17) === ALPHABET[(ALPHABET.length - (sum % ALPHABET.length)) % ALPHABET.length];
}
