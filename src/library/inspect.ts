import { resolve } from 'node:path';
import { compact } from '../core/ground/json-shape.js';
import { tell } from '../core/law/tell.js';
import type { EvidenceSheet } from '../core/report/evidence-sheet.js';
import type { Report } from '../core/report/report.js';
import { InspectError } from '../isolation/inspect-error.js';
import type { PartReport } from '../isolation/inspector.js';
import type { Performed } from '../perform.js';
import { perform } from '../perform.js';
import { said } from '../say/said.js';
import { speechOf } from '../say/speech.js';
import { AssayError, asAssayError } from './error.js';
import { type FileInput, type Paths, withPaths } from './input.js';
import { type AskedOf, askedOf, type Question } from './question.js';
import { sharedInspector } from './shared-inspectors.js';
import { unlessAborted } from './unless-aborted.js';

/**
 * One file in, its Report out. A file that is broken, hostile or of no known format gets a Report too, which says so.
 * Rejects with an AssayError, or with the reason of `signal`.
 */
export function inspect(file: FileInput, question: Question = {}): Promise<Report> {
  return answered(file, question, async (asked, paths) => {
    const { report } = await performed(asked, paths);
    return tell(report, speechOf(asked.language));
  });
}

/** A file's Report, and beside it those of its parts. */
export interface WithParts {
  report: Report;
  /** `number`: the part's place in `report.parts`. What was not looked into, or had no room, has none. */
  parts: PartReport[];
}

/** The same with a Report of each part that stands inside the file, as if it had been inspected alone. Rejects as `inspect` does. */
export function inspectParts(file: FileInput, question: Question = {}): Promise<WithParts> {
  return answered(file, question, async (asked, paths) => {
    const { report, parts = [] } = await performed(asked, paths, ['parts']);
    const speech = speechOf(asked.language);
    return {
      report: tell(report, speech),
      parts: parts.map((part) => ({ number: part.number, report: tell(part.report, speech) })),
    };
  });
}

/** What the file says field by field, masked as its Report is. Rejects as `inspect` does. */
export function readEvidence(file: FileInput, question: Question = {}): Promise<EvidenceSheet> {
  return answered(file, question, async (asked, paths) => {
    const { evidence } = await performed(asked, paths, ['evidence']);
    // There is a Report of such a file, which says what went wrong.
    if (evidence === undefined) throw new AssayError('not-readable', said('error.library.nothingRead'));
    return evidence;
  });
}

async function performed(
  asked: AskedOf,
  { path, sidecarPaths, initPath }: Paths,
  beside: ('evidence' | 'parts')[] = [],
): Promise<Performed> {
  const { isolation, trustDir, name, declaredMediaType, signal } = asked;
  const inspector =
    isolation === 'none'
      ? (await import('./in-process.js')).inProcess(trustDir)
      : sharedInspector(isolation, trustDir);
  const file = {
    path,
    name,
    sidecarPaths: sidecarPaths.map((one) => resolve(one)),
    ...(initPath === undefined ? {} : { initPath: resolve(initPath) }),
    ...compact({ declaredMediaType, signal }),
  };
  const done = await perform(asked, file, { inspector, beside });
  if ('error' in done) throw done.error;
  return done;
}

async function answered<T>(
  file: FileInput,
  question: Question,
  answer: (asked: AskedOf, paths: Paths) => Promise<T>,
): Promise<T> {
  try {
    const asked = askedOf(file, question);
    const { sidecars, init, signal } = asked;
    signal?.throwIfAborted();
    const files = [file, ...sidecars, ...(init === undefined ? [] : [init])];
    return await withPaths(files, asked, async ([path = '', ...others]) => {
      if (path === '') throw new InspectError('not-found');
      const initPath = others[sidecars.length];
      const paths = {
        path: resolve(path),
        sidecarPaths: others.slice(0, sidecars.length),
        ...(initPath === undefined ? {} : { initPath }),
      };
      return unlessAborted(answer(asked, paths), signal);
    });
  } catch (error) {
    if (question.signal?.aborted && error === question.signal.reason) throw error;
    throw asAssayError(error);
  }
}
