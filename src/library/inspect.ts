import { resolve } from 'node:path';
import { tell } from '../core/law/tell.js';
import type { EvidenceSheet } from '../core/report/evidence-sheet.js';
import type { Report } from '../core/report/report.js';
import { InspectError } from '../isolation/inspect-error.js';
import type { InspectRequest } from '../isolation/inspector.js';
import { said } from '../say/said.js';
import { speechOf } from '../say/speech.js';
import { AssayError, asAssayError } from './error.js';
import { type FileInput, type Paths, withPaths } from './input.js';
import { type Asked, askedOf, type Question } from './question.js';
import { sharedInspector } from './shared-inspectors.js';
import { unlessAborted } from './unless-aborted.js';

/**
 * One file in, its Report out. A file that is broken, hostile or of no known format gets a Report too, which says so.
 * Rejects with an AssayError, or with the reason of `signal`.
 */
export function inspect(file: FileInput, question: Question = {}): Promise<Report> {
  return answered(file, question, async (asked, paths) => {
    const { isolation, trustDir, language } = asked;
    const report =
      isolation === 'none'
        ? await (await import('./in-process.js')).reportOf(asked, paths)
        : await sharedInspector(isolation, trustDir).inspect(requestOf(asked, paths));
    return tell(report, speechOf(language));
  });
}

/** What the file says field by field, masked as its Report is. Rejects as `inspect` does. */
export function readEvidence(file: FileInput, question: Question = {}): Promise<EvidenceSheet> {
  return answered(file, question, async (asked, paths) => {
    if (asked.isolation === 'none') return (await import('./in-process.js')).evidenceOf(asked, paths);
    const { isolation, trustDir } = asked;
    let taken: EvidenceSheet | undefined;
    const takeEvidence = (evidence: EvidenceSheet) => {
      taken = evidence;
    };
    await sharedInspector(isolation, trustDir).inspect(requestOf(asked, paths), { takeEvidence });
    // There is a Report of such a file, which says what went wrong.
    if (taken === undefined) throw new AssayError('not-readable', said('error.library.nothingRead'));
    return taken;
  });
}

async function answered<T>(
  file: FileInput,
  question: Question,
  answer: (asked: Asked, paths: Paths) => Promise<T>,
): Promise<T> {
  try {
    const asked = askedOf(file, question);
    const { sidecar, signal } = asked;
    signal?.throwIfAborted();
    const files = sidecar === undefined ? [file] : [file, sidecar];
    return await withPaths(files, asked, async ([path = '', sidecarPath]) => {
      if (path === '') throw new InspectError('not-found');
      const paths = { path: resolve(path), ...(sidecarPath === undefined ? {} : { sidecarPath }) };
      return unlessAborted(answer(asked, paths), signal);
    });
  } catch (error) {
    if (question.signal?.aborted && error === question.signal.reason) throw error;
    throw asAssayError(error);
  }
}

function requestOf(asked: Asked, { path, sidecarPath }: Paths): InspectRequest {
  const { isolation: _, trustDir: __, maxBytes: ___, sidecar: ____, language: _____, ...request } = asked;
  return { ...request, path, ...(sidecarPath === undefined ? {} : { sidecarPath: resolve(sidecarPath) }) };
}
