import { asRecord, ownMember } from '../../base/json-shape.js';
import { MASKED } from '../signals/mask-words.js';
import type { Personal } from '../signals/personal.js';
import { createTextMask, type TextMask } from './personal-text.js';

/**
 * Masks crJSON, which contains whole assertions in the file's own words. Values of keys for locations, serial numbers
 * or persons are masked completely, other texts by pattern. A name under an unknown key stays visible.
 */
export function maskCrJson(text: string, reveal: readonly Personal[]): { crJson: string; masked: number } {
  const json: unknown = JSON.parse(text);
  const walk = new CrJsonMasker(reveal);
  const shown = walk.maskValue(json, '');
  return { crJson: JSON.stringify(shown), masked: walk.masked };
}

const PERSONAL_KEYS: readonly (readonly [RegExp, Personal])[] = [
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

class CrJsonMasker {
  masked = 0;
  readonly #reveal: readonly Personal[];
  readonly #text: TextMask;

  constructor(reveal: readonly Personal[]) {
    this.#reveal = reveal;
    this.#text = createTextMask(reveal, { location: [], serial: [], names: [] });
  }

  maskValue(value: unknown, key: string, parent = ''): unknown {
    const kind =
      PERSONAL_KEYS.find(([pattern]) => pattern.test(key))?.[1] ?? personKindOf(value, key, parent);
    if (kind !== undefined && !this.#reveal.includes(kind) && value !== null && value !== '') {
      this.masked += 1;
      return MASKED[kind];
    }
    if (typeof value === 'string') return this.#ofText(value);
    if (Array.isArray(value)) return value.map((one) => this.maskValue(one, '', key === '' ? parent : key));
    const record = asRecord(value);
    if (!record) return value;
    return Object.fromEntries(
      Object.entries(record).map(([name, one]) => [
        this.#ofText(name),
        PERSON_FIELDS.test(name) &&
        isPerson(record, key === '' ? parent : key) &&
        !this.#reveal.includes('names')
          ? this.#mask('names')
          : this.maskValue(one, name, key),
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

/** Keys whose objects describe people. Only their names are masked, because products have names too. */
const PERSON_KEYS = /^(authors?|actors?|verifiedIdentities|credentialSubject|person|contributors?)$/i;

const PERSON_FIELDS = /^(name|uri|url|sameAs|identifier|address)$/;

function isPerson(record: Readonly<Record<string, unknown>>, key: string): boolean {
  const type = ownMember(record, '@type');
  return type === 'Person' || (PERSON_KEYS.test(key) && type !== 'Organization');
}

/** Returns `names` for an author given as plain text instead of an object. */
function personKindOf(value: unknown, key: string, parent: string): Personal | undefined {
  return typeof value === 'string' && PERSON_KEYS.test(key === '' ? parent : key) ? 'names' : undefined;
}
