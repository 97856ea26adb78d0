import type { LikenessKind } from '../core/likeness/likeness.js';
import type { ShelfRow } from '../core/likeness/shelf-row.js';
import type { Headline, Report } from '../core/report/report.js';
import type { NearOne } from '../likeness/seen-types.js';
import type { Said } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import type { RecordKept } from '../scan/beside-record.js';
import type { Searchable } from '../scan/likeness-rows.js';
import type { AskedOne } from './match-asked.js';

/** What files are held against: results of scans, or what the database keeps. */
export interface Against {
  tenant: string;
  /** All there is, from front to end. Rejects with what the user can mend. */
  rows(): AsyncIterable<ShelfRow>;
  /** Once `rows` was gone through. */
  counts(kinds: readonly LikenessKind[]): Promise<Searchable>;
  /** Whose they are; what went meanwhile is not there. */
  holders(ids: ReadonlySet<number>, speech: Speech): Promise<Map<number, Holding>>;
  /** What is kept beside it, of those that `holders` gave; what is not (any more) is left out. */
  pieces(
    id: number,
    wish: { preview: boolean; manifest: boolean },
  ): Promise<{ preview?: Buffer; manifest?: Buffer | 'not-opened' }>;
  close(): Promise<void>;
}

/** Whose a fingerprint is, as it is told. */
export interface Holding {
  /** Members that name it: `path`, `inspection`, or `collection` and `item`. */
  who: object;
  /** For people. */
  name: string;
  where: 'scan' | 'inspection' | 'collection';
  /** Told of the very path that was asked about. */
  path?: string;
  /** Of its bytes, lower-case hexadecimal. */
  sha256?: string;
  declared?: Declared;
  /** It is found by a part of it alone. */
  partly?: { code: string; said: Said };
  seen: { at?: string; by: 'scan' | 'inspection' | 'batch' | 'collection' };
  /** What is kept of it beside its record. */
  kept?: RecordKept;
  /** The file was no longer there then. */
  gone?: string;
  case?: string;
  notes?: { text: string; by?: string; at?: string }[];
  /** Its report was deleted or ran out; its fingerprint is left. */
  reportGone?: true;
  /** By people, and theirs. */
  finding?: { text: string; by?: string; link?: string };
}

/** What that file says of itself: never of the one that was asked about. */
export interface Declared {
  headline?: Headline;
  origin?: Report['summary']['origin'];
  backing?: Report['summary']['backing'];
  presence?: Report['contentCredentials']['presence'];
  integrity?: Report['contentCredentials']['integrity'];
  signer?: string;
}

/** What is kept of one match: where it was written. */
export interface WrittenPieces {
  picture?: string;
  manifest?: string;
}

/** One that was asked about, and what came of it. */
export interface Matched extends Searchable {
  one: AskedOne;
  matches: {
    near: NearOne;
    holding: Holding;
    isItself: boolean;
    sameBytes: boolean;
    written?: WrittenPieces;
  }[];
  more: boolean;
}
