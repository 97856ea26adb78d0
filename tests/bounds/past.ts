import type { limits } from '../../src/base/limits.js';
import type { Carrier } from '../../src/core/media/carrier.js';
import type { StoredReport } from '../../src/core/report/report.js';

type Origin = StoredReport['summary']['origin'];

export type Limit = keyof typeof limits;

/** A file that exceeds one of the limits, and the expected Report. */
export interface Past {
  bound: Limit;
  /** Set if one limit applies in several places. */
  where?: string;
  name: string;
  make(): Buffer | Promise<Buffer>;
  carrier: Carrier;
  code: string;
  /**
   * Facts of streams, coding and thumbnails cannot contain a label: the read reports the limit, and coverage stays
   * complete.
   */
  holdsNoLabel?: true;
  deep?: true;
  /** Set if something else in the file decides the origin. */
  origin?: Origin;
}

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Repeats a buffer without allocating a list of copies. */
export const repeated = (bytes: Buffer, count: number): Buffer => Buffer.alloc(bytes.length * count, bytes);

export const u32le = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

export const xmpOf = (inner: string): string =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/">${inner}</rdf:Description></rdf:RDF></x:xmpmeta>`;

export const label = (more = ''): string =>
  `{"Label":"1","ContentProducer":"a","ProduceID":"b","ReservedCode1":"","ContentPropagator":"","PropagateID":"","ReservedCode2":""${more}}`;
