import { tell } from '../core/law/tell.js';
import type { ErrorRecord, Report } from '../core/report/report.js';
import { InspectError } from '../isolation/inspect-error.js';
import type { Inspector } from '../isolation/inspector.js';
import type { AskedFile } from '../perform.js';
import type { Asked } from '../question/asked.js';
import { type Entry, SourceError } from './entry.js';
import { errorRecord } from './error-record.js';
import type { Filter } from './filter.js';
import type { Keeps, LikenessMaker } from './likeness-of.js';
import type { FullRecord, ScanRecord, SlimRecord } from './record.js';
import type { Answer, Results } from './results.js';
import { runSpeech } from './run-speech.js';
import { slimOf } from './slim.js';

/** How one file of a scan comes to what is said of it. */
export interface Question {
  filter: Filter;
  inspector: Inspector;
  /** What is asked of every file. */
  ask: Asked & Pick<AskedFile, 'party' | 'alone'>;
  results: Results;
  /** Of what comes from far only that is fetched whose first bytes show that it can be looked into. */
  sniff?: boolean;
  /** The whole Report in every record. */
  full: boolean;
  /** What each file looks or sounds like is kept with its record; left out: it is not made. */
  likeness?: LikenessMaker;
  /** And beside it; left out: nothing. */
  keeps?: Keeps | undefined;
  /** A record asked again, its file left alone; undefined where it does not hold enough for that. */
  rejudge?(record: ScanRecord): { slim: SlimRecord; full?: FullRecord } | undefined;
}

/** A whole Report is the same here as at every other door; a record does without what a second engine would add to it. */
export const ownHashIn = ({ full }: Pick<Question, 'full'>): Pick<AskedFile, 'ownHash'> =>
  full ? {} : { ownHash: true };

/** Undefined where the bytes showed a kind of file that was not asked for. */
export function reported(
  entry: Entry,
  found: Report,
  initPath: string | undefined,
  job: Pick<Question, 'filter' | 'full'>,
): Answer | undefined {
  if (!job.filter.wantsKind(found.asset.kind)) return undefined;
  const report = tell(found, runSpeech());
  const slim = slimOf(entry, report, initPath);
  if (!job.full) return { entry, slim };
  const { schema, path, pathBytes, modified, etag, sidecars, linkOf, linkOfBytes } = slim;
  const common = {
    schema,
    path,
    ...(pathBytes && { pathBytes }),
    modified,
    ...(etag && { etag }),
    ...(sidecars && { sidecars }),
    ...(linkOf && { linkOf }),
    ...(linkOfBytes && { linkOfBytes }),
    ...(slim.init && { init: slim.init }),
    ...(slim.initBytes && { initBytes: slim.initBytes }),
  };
  return { entry, slim, full: { ...common, report } };
}

export function recordOf(path: string, error: unknown): ErrorRecord {
  const known = error instanceof InspectError || error instanceof SourceError;
  const { code, said: why } = known ? error : new InspectError('internal');
  return errorRecord(path, code, why);
}
