import type { Headline, StoredReport } from '../../core/report/report.js';
import type { Message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import type { FingerprintKind } from '../../matching/fingerprint.js';
import type { IndexableRow } from '../../matching/indexed-row.js';
import type { SearchableCounts } from '../../scan/fingerprints/fingerprint-rows.js';
import type { RecordAttachments } from '../../scan/records/record-attachments.js';
import type { FingerprintMatch } from '../../service/matches/matcher.js';
import type { MatchQuery } from './match-query.js';

/** Fingerprints to compare with: those of scan results or of the database. */
export interface MatchSource {
  tenant: string;
  /** Yields all rows in order. Rejects with an error that the user can fix. */
  rows(): AsyncIterable<IndexableRow>;
  /** Returns the counts; call it after `rows` has been read to the end. */
  counts(kinds: readonly FingerprintKind[]): Promise<SearchableCounts>;
  /** Returns the owners of fingerprints; entries deleted in the meantime are missing. */
  owners(ids: ReadonlySet<number>, speech: Translator): Promise<Map<number, MatchOwner>>;
  /**
   * Returns the stored pictures and manifest stores of entries that `owners` returned; those no longer stored are
   * missing.
   */
  attachments(
    id: number,
    wanted: { preview: boolean; manifest: boolean },
  ): Promise<{ preview?: Buffer; manifest?: Buffer | 'not-opened' }>;
  close(): Promise<void>;
}

/** Owner of a fingerprint as shown to the user. */
export interface MatchOwner {
  /** JSON members that identify the owner: `path`, `inspection`, or `collection` and `item`. */
  who: object;
  /** Name shown to people. */
  name: string;
  where: 'scan' | 'inspection' | 'collection';
  /** Absolute path; used to recognise the file that was searched for. */
  path?: string;
  /** SHA-256 of the file, lower-case hexadecimal. */
  sha256?: string;
  declared?: DeclaredFacts;
  /** Present if only part of the file has a fingerprint. */
  partly?: { code: string; userMessage: Message };
  seen: { at?: string; by: 'scan' | 'inspection' | 'batch' | 'collection' };
  /** Attachments stored with the record. */
  kept?: RecordAttachments;
  /** Time at which the file was found to be gone. */
  gone?: string;
  case?: string;
  notes?: { text: string; by?: string; at?: string }[];
  /** Present if the report was deleted or expired and only the fingerprint is left. */
  reportDeleted?: true;
  /** Finding that people entered. */
  finding?: { text: string; by?: string; link?: string };
}

/** Claims that the matched file makes about itself; they do not apply to the file searched for. */
export interface DeclaredFacts {
  /** Without text if only the id is left, because the Report was deleted. */
  headline?: Headline & { text?: string };
  origin?: StoredReport['summary']['origin'];
  backing?: StoredReport['summary']['backing'];
  presence?: StoredReport['contentCredentials']['presence'];
  integrity?: StoredReport['contentCredentials']['integrity'];
  signer?: string;
  /** Set if a list confirms the name; otherwise only the certificate says it. */
  signerConfirmed?: true;
}

/** Paths that the attachments of a match were written to. */
export interface WrittenAttachments {
  picture?: string;
  manifest?: string;
}

/** File or hash that was searched for, with its matches. */
export interface MatchSearchResult extends SearchableCounts {
  one: MatchQuery;
  matches: {
    near: FingerprintMatch;
    holding: MatchOwner;
    isItself: boolean;
    sameBytes: boolean;
    written?: WrittenAttachments;
  }[];
  more: boolean;
}
