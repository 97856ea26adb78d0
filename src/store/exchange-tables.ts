export interface InspectionExchangesTable {
  inspection_id: string;
  tenant: string;
  /** JSON: ServedFrom. */
  served: string;
  page_url: string | null;
  /** Of `warc`, hex. */
  sha256: string;
  /** When it first went into a bundle. */
  sealed_at: string | null;
  /** WARC 1.1, one gzip member a record. */
  warc: Buffer;
}

export interface FetchedPagesTable {
  tenant: string;
  /** SHA-256 of the address at which it was in the end, hex: an address may be longer than an index takes. */
  key: string;
  /** The same of the address that was asked for. */
  asked_key: string;
  at: string;
  expires_at: string;
  url: string;
  /** JSON: addresses of the media that it shows. */
  media: string;
  /** Of `warc`. */
  bytes: number;
  warc: Buffer;
}
