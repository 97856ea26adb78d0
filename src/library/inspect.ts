import { resolve } from 'node:path';
import { compact } from '../base/json-shape.js';
import { localizeReport } from '../core/law/localize.js';
import type { EvidenceView } from '../core/report/evidence-view.js';
import type { LocalizedReport } from '../core/report/report.js';
import { message } from '../i18n/message.js';
import { translatorFor } from '../i18n/translator.js';
import type { InspectionResult } from '../inspect/inspect-file.js';
import { inspectFile } from '../inspect/inspect-file.js';
import { InspectError } from '../inspect/protocol/inspect-error.js';
import { AssayError, toAssayError } from './error.js';
import { type FileInput, type InputPaths, withPaths } from './input.js';
import { type InspectOptions, type ResolvedCallOptions, resolveCallOptions } from './options.js';
import { getSharedInspector } from './shared-inspectors.js';
import { raceAbort } from './unless-aborted.js';

/**
 * Inspects a file and returns its Report. A broken, hostile or unknown file gets a Report that says so. Rejects with
 * `AssayError`, or with the reason of `signal`.
 */
export function inspect(file: FileInput, options: InspectOptions = {}): Promise<LocalizedReport> {
  return withOptions(file, options, async (resolved, paths) => {
    const { report } = await runInspection(resolved, paths);
    return localizeReport(report, translatorFor(resolved.language));
  });
}

/** Report of a file with the Reports of its parts. */
export interface InspectionWithParts {
  report: LocalizedReport;
  /** `number`: index of the part in `report.parts`. Parts that were not analyzed or had no room are missing. */
  parts: { number: number; report: LocalizedReport }[];
}

/**
 * Inspects a file and returns a Report for each part inside it too, as if the part had been inspected alone. Rejects as
 * `inspect` does.
 */
export function inspectParts(file: FileInput, options: InspectOptions = {}): Promise<InspectionWithParts> {
  return withOptions(file, options, async (resolved, paths) => {
    const { report, parts = [] } = await runInspection(resolved, paths, ['parts']);
    const translator = translatorFor(resolved.language);
    return {
      report: localizeReport(report, translator),
      parts: parts.map((part) => ({ number: part.number, report: localizeReport(part.report, translator) })),
    };
  });
}

/** Returns the evidence view of a file, masked like its Report. Rejects as `inspect` does. */
export function readEvidence(file: FileInput, options: InspectOptions = {}): Promise<EvidenceView> {
  return withOptions(file, options, async (resolved, paths) => {
    const { evidence } = await runInspection(resolved, paths, ['evidence']);
    // Such a file has a Report that states what went wrong.
    if (evidence === undefined) throw new AssayError('not-readable', message('error.nothingRead'));
    return evidence;
  });
}

async function runInspection(
  options: ResolvedCallOptions,
  { path, sidecarPaths, initPath }: InputPaths,
  attachments: ('evidence' | 'parts')[] = [],
): Promise<InspectionResult> {
  const { isolation, trustDir, name, declaredMediaType, signal } = options;
  const inspector =
    isolation === 'none'
      ? (await import('./in-process.js')).createInProcessInspector(trustDir)
      : getSharedInspector(isolation, trustDir);
  const file = {
    path,
    name,
    sidecarPaths: sidecarPaths.map((one) => resolve(one)),
    ...(initPath === undefined ? {} : { initPath: resolve(initPath) }),
    ...compact({ declaredMediaType, signal }),
  };
  const done = await inspectFile(options, file, { inspector, attachments });
  if ('error' in done) throw done.error;
  return done;
}

async function withOptions<T>(
  file: FileInput,
  given: InspectOptions,
  run: (options: ResolvedCallOptions, paths: InputPaths) => Promise<T>,
): Promise<T> {
  try {
    const options = resolveCallOptions(file, given);
    const { sidecars, init, signal } = options;
    signal?.throwIfAborted();
    const files = [file, ...sidecars, ...(init === undefined ? [] : [init])];
    return await withPaths(files, options, async ([path = '', ...others]) => {
      if (path === '') throw new InspectError('not-found');
      const initPath = others[sidecars.length];
      const paths = {
        path: resolve(path),
        sidecarPaths: others.slice(0, sidecars.length),
        ...(initPath === undefined ? {} : { initPath }),
      };
      return raceAbort(run(options, paths), signal);
    });
  } catch (error) {
    if (given.signal?.aborted && error === given.signal.reason) throw error;
    throw toAssayError(error);
  }
}
