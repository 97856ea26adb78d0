import type { limits } from '../../src/core/ground/limits.js';
import type { Carrier } from '../../src/core/media/carrier.js';
import type { Report } from '../../src/core/report/report.js';

type Origin = Report['summary']['origin'];

export type Limit = keyof typeof limits;

/** A file that goes past one of the bounds, and what the Report must say of it. */
export interface Past {
  bound: Limit;
  /** Where one bound stands in several places. */
  where?: string;
  name: string;
  make(): Buffer | Promise<Buffer>;
  carrier: Carrier;
  code: string;
  /** Facts of streams, coding and thumbnails are no place of a label: the read says so, and coverage stays whole. */
  holdsNoLabel?: true;
  deep?: true;
  /** Where something else in the file decides it. */
  origin?: Origin;
}

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** One buffer many times over, without a list of as many. */
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
