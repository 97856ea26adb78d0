export interface InspectionExchangesTable {
  inspection_id: string;
  tenant: string;
  /** JSON: ServedFrom. */
  served: string;
  page_url: string | null;
  /** Digest of `warc`, hex. */
  sha256: string;
  /** Time at which it was first included in a bundle. */
  sealed_at: string | null;
  /** WARC 1.1, one gzip member per record. */
  warc: Buffer;
}

export interface FetchedPagesTable {
  tenant: string;
  /** SHA-256 of the final address, hex, since an address may be longer than an index allows. */
  key: string;
  /** SHA-256 of the requested address, hex. */
  asked_key: string;
  at: string;
  expires_at: string;
  url: string;
  /** JSON: addresses of the media on the page. */
  media: string;
  /** Size of `warc`. */
  bytes: number;
  warc: Buffer;
}
