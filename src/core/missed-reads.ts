import { type Carrier, couldNotLook, type ReadStatus } from './evidence.js';
import type { ContentCredentials } from './report.js';

/** How a carrier's reading ended: what evidence and the Report have in common. */
interface Ending {
  status: ReadStatus;
  code?: string;
  reason?: string;
}
type Endings = Readonly<Record<Carrier, Ending>>;

/** Facts of the streams, parts, coding and thumbnail: no label stands there. */
const NO_LABELS: ReadonlySet<Carrier> = new Set(['streams', 'parts', 'jpegCoding', 'thumbnail']);

/** Carriers that could not be read though a label may stand there. */
export function missedReads(reads: Endings, presence: ContentCredentials['presence']): Carrier[] {
  return (
    (Object.keys(reads) as Carrier[])
      .filter((carrier) => !NO_LABELS.has(carrier) && couldNotLook(reads[carrier]))
      // Said in words of its own.
      .filter((carrier) => carrier !== 'c2pa' || presence !== 'unsupported')
  );
}

/** Why nothing at all of the file was read, where one fault kept every reader from it. */
export function notReadAtAll(reads: Endings): { notRead?: string } {
  const [first, ...others] = Object.values(reads);
  return first?.status === 'failed' &&
    first.reason !== undefined &&
    others.every(({ status, code }) => status === 'failed' && code === first.code)
    ? { notRead: first.reason }
    : {};
}
