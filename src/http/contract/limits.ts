import type { Config } from '../../config/settings.js';

/** Bounds of the HTTP service; base/limits.ts bounds the contents of files. The unit stands in the name. */
export const httpLimits = {
  /** No route reads a body except uploads, and those are streamed. */
  bodyBytes: 16 * 1024,
  /** Ids have 36 characters; a much longer parameter matches no route. */
  pathParameterCharacters: 100,
  acceptHeaderItems: 32,

  /** Enough for a day and a list of rulebook ids. */
  fieldBytes: 4 * 1024,
  fields: 16,
  /** Files in one batch, and bytes of the JSON that names them: a path may take 4,096. */
  batchItems: 1_000,
  batchBodyBytes: 1024 ** 2,
  batchPathCharacters: 4_096,
  /** Reports read at once while a batch's results are sent: one may be megabytes. */
  batchResultsAtOnce: 20,
  /** Wrong members of a body that are reported at once; the others show once these are fixed. */
  namedMembers: 20,
  /** Elements of a JSON list. */
  listMembers: 100,
  /** One file is expected; a second is parsed so that it can be refused by its name. */
  files: 2,
  /** Files that a person may choose at once in the form. */
  formFiles: 100,
  headerPairsPerPart: 16,
  /** A file name of 255 characters may take ten times as many bytes when percent-encoded. */
  headerBytesPerPart: 16 * 1024,
  /** Bytes of a multipart body besides the file, to judge the request by Content-Length alone. */
  multipartOverheadBytes: 256 * 1024,
  /** Stored with an upload and sent back; a name of 255 characters may take 1,360 of them. */
  uploadMetadataCharacters: 4 * 1024,
  /** Links followed at once, each for minutes at most, and links that wait for a slot. */
  linksAtOnce: 6,
  linksWaiting: 12,
  /** Maximum characters of client-sent names that answers repeat. */
  echoedCharacters: 64,

  /** A client that sends nothing for this long while uploading counts as gone. */
  uploadIdleMillis: 30_000,
  /** An upload slower than this (1 Mbit/s) may run out of time; see requestMillis. */
  slowestUploadBytesPerMilli: 125,
  /** A body has to bring at least so many bytes (17 kbit/s) per window, or its connection is closed; see body-pace.ts. */
  bodyWindowMillis: 30_000,
  minBodyBytesInWindow: 64 * 1024,
  /** Time for the request line and headers: enough for the worst connection, too little to hold sockets for free. */
  headersMillis: 20_000,
  /** Longer than the 60 s for which proxies usually keep a connection, so that they close first. */
  keepAliveMillis: 72_000,
  /** After an early refusal the rest of the body is discarded for this long, so that the client reads the answer. */
  drainMillis: 15_000,
  /** Members that `fields` may name, and characters of all of its text. */
  selectedFields: 50,
  selectedFieldsCharacters: 2_000,
  /** A report’s page waits at most this long for files that look alike; after that it says so, and polls again. */
  pageSearchMillis: 1_500,
  /** JSON of items of a collection: each may bring a few thousand characters of a person’s text. */
  collectionBodyBytes: 1024 ** 2,
  /** JSON of one item that is added to a case: some thousand characters, which JSON may escape. */
  caseBodyBytes: 128 * 1024,
  /** Maximum of `Prefer: wait`. */
  waitSeconds: 60,
  /** Interval at which a wait, and a stream of events, polls for changes. */
  pollMillis: 250,
  /** Streams of events at once, and how long one is kept open; clients reconnect by themselves. */
  eventStreams: 100,
  eventStreamsPerKey: 20,
  eventStreamMillis: 600_000,
  heartbeatMillis: 15_000,
  /** Bundles made at once, and bundles that wait: each prints four documents and may read a large file. */
  sealsAtOnce: 2,
  sealsWaiting: 8,
  /** Sent to clients that come while all slots are taken. */
  retryAfterSeconds: 10,

  /** Health checks within this time share one probe, so that frequent checks cost nothing. */
  probeCacheMillis: 5_000,
} as const;

/** Returns the time in which one whole request must have come in, the largest upload included. */
export function requestMillis(config: Config): number {
  return 60_000 + Math.ceil(config.maxUploadBytes / httpLimits.slowestUploadBytesPerMilli);
}
