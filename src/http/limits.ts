import type { Config } from '../config.js';

/** Bounds of the HTTP door; what a file may hold is bounded in core/limits.ts. The unit stands in the name. */
export const httpLimits = {
  /** No route reads a body except uploads, and those are streamed. */
  bodyBytes: 16 * 1024,
  /** Ids are 36 characters; anything much longer is no route of ours. */
  pathParameterCharacters: 100,
  acceptHeaderItems: 32,

  /** A day and a list of rulebook ids. */
  fieldBytes: 4 * 1024,
  fields: 16,
  /** Files in one batch, and bytes of the JSON that names them: a path may take 4,096. */
  batchItems: 1_000,
  batchBodyBytes: 1024 ** 2,
  batchPathCharacters: 4_096,
  /** Reports read at once while a batch's results are sent: one may be megabytes. */
  batchResultsAtOnce: 20,
  /** Wrong members of a body that are named; what is wrong beyond is seen when these are mended. */
  namedMembers: 20,
  /** Members of a list that comes as JSON. */
  listed: 100,
  /** One is wanted; the second must be seen to be refused by its name. */
  files: 2,
  /** A person may choose so many at once in the form. */
  formFiles: 100,
  headerPairsPerPart: 16,
  /** A file name of 255 characters may take ten times as many bytes when percent-encoded. */
  headerBytesPerPart: 16 * 1024,
  /** What a multipart body may hold besides the file, for judging by Content-Length alone. */
  multipartOverheadBytes: 256 * 1024,
  /** Kept with an upload and said back; a name of 255 characters may take 1,360 of them. */
  uploadMetadataCharacters: 4 * 1024,
  /** Links that are followed at once, each for minutes at most, and that wait for their turn. */
  linksAtOnce: 6,
  linksWaiting: 12,
  /** Client-sent names in our answers are cut here. */
  echoedCharacters: 64,

  /** A client that sends nothing for so long while uploading has gone. */
  uploadIdleMillis: 30_000,
  /** Slower uploads than this (1 Mbit/s) may run out of time; see requestMillis. */
  slowestUploadBytesPerMilli: 125,
  /** A body brings at least so much (17 kbit/s) in each while, or comes to its end; see body-pace.ts. */
  bodyWindowMillis: 30_000,
  leastBodyBytesInWindow: 64 * 1024,
  /** Request line and headers: enough for the worst line, too little to hold sockets for free. */
  headersMillis: 20_000,
  /** Longer than the 60 s that proxies usually keep a connection, so that they close first. */
  keepAliveMillis: 72_000,
  /** After an early refusal the rest of the body is thrown away for so long, so that the client reads the answer. */
  lingerMillis: 15_000,
  /** Members that `fields` may name, and all of its text. */
  chosenFields: 50,
  chosenFieldsCharacters: 2_000,
  /** Longer a report’s page does not wait for files that look alike: it says so, and looks again. */
  pageSearchMillis: 1_500,
  /** JSON of items of a collection: each may bring a few thousand characters of a person’s words. */
  collectionBodyBytes: 1024 ** 2,
  /** `Prefer: wait` is held to this. */
  waitSeconds: 60,
  /** How often a wait, and a stream of events, looks whether something has changed. */
  lookMillis: 250,
  /** Streams of events at once, and how long one is kept open; clients come again by themselves. */
  eventStreams: 100,
  eventStreamsPerKey: 20,
  eventStreamMillis: 600_000,
  heartbeatMillis: 15_000,
  /** Bundles that are made at once, and that wait for that: each prints four documents and may read a large file. */
  sealsAtOnce: 2,
  sealsWaiting: 8,
  /** Told to clients that come while all places are taken. */
  retryAfterSeconds: 10,

  /** Health checks within this time share one probe, so that asking costs nothing. */
  probeKeptMillis: 5_000,
} as const;

/** Time in which the whole of one request must have come in, the largest upload included. */
export function requestMillis(config: Config): number {
  return 60_000 + Math.ceil(config.maxUploadBytes / httpLimits.slowestUploadBytesPerMilli);
}
