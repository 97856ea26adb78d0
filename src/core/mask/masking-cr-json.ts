import { asRecord, member } from '../ground/json-shape.js';
import { MASKED } from '../signals/mask-words.js';
import type { Personal } from '../signals/personal.js';
import { type TextMask, textMask } from './personal-text.js';

/**
 * crJSON holds whole assertions in the file's own words. What stands under a key made for a position, a serial number
 * or a person is masked whole; every other text by form. A name under a key that nobody has seen stays.
 */
export function maskCrJson(text: string, reveal: readonly Personal[]): { crJson: string; masked: number } {
  const json: unknown = JSON.parse(text);
  const walk = new Walk(reveal);
  const shown = walk.of(json, '');
  return { crJson: JSON.stringify(shown), masked: walk.masked };
}

const KEYS: readonly (readonly [RegExp, Personal])[] = [
  [
    /gps(?!version)|latitude|longitude|^geo$|(^|:)location(shown|created)?$|sub-?location|coordinates/i,
    'location',
  ],
  [/serial_?number|^serial$|cameraid$/i, 'serial'],
  [
    /^(dc:)?creator$|artist$|ownername$|^(photoshop:)?(authorsposition|captionwriter)$|writername$|^byline|^username$|personinimage|^(given|family)name$|^e?-?mail/i,
    'names',
  ],
];

class Walk {
  masked = 0;
  readonly #reveal: readonly Personal[];
  readonly #text: TextMask;

  constructor(reveal: readonly Personal[]) {
    this.#reveal = reveal;
    this.#text = textMask(reveal, { location: [], serial: [], names: [] });
  }

  of(value: unknown, key: string, parent = ''): unknown {
    const kind = KEYS.find(([pattern]) => pattern.test(key))?.[1] ?? personOf(value, key, parent);
    if (kind !== undefined && !this.#reveal.includes(kind) && value !== null && value !== '') {
      this.masked += 1;
      return MASKED[kind];
    }
    if (typeof value === 'string') return this.#ofText(value);
    if (Array.isArray(value)) return value.map((one) => this.of(one, '', key === '' ? parent : key));
    const record = asRecord(value);
    if (!record) return value;
    return Object.fromEntries(
      Object.entries(record).map(([name, one]) => [
        this.#ofText(name),
        PERSON_FIELD.test(name) &&
        isPerson(record, key === '' ? parent : key) &&
        !this.#reveal.includes('names')
          ? this.#mask('names')
          : this.of(one, name, key),
      ]),
    );
  }

  #ofText(text: string): string {
    const masked = this.#text(text);
    if (masked !== text) this.masked += 1;
    return masked;
  }

  #mask(kind: Personal): string {
    this.masked += 1;
    return MASKED[kind];
  }
}

/** Authors and identities have a name; so have products, which are no persons. */
const PEOPLE = /^(authors?|actors?|verifiedIdentities|credentialSubject|person|contributors?)$/i;

const PERSON_FIELD = /^(name|uri|url|sameAs|identifier|address)$/;

function isPerson(record: Readonly<Record<string, unknown>>, key: string): boolean {
  const type = member(record, '@type');
  return type === 'Person' || (PEOPLE.test(key) && type !== 'Organization');
}

/** An author given as a bare text. */
function personOf(value: unknown, key: string, parent: string): Personal | undefined {
  return typeof value === 'string' && PEOPLE.test(key === '' ? parent : key) ? 'names' : undefined;
}
