import type { FastifyRequest } from 'fastify';
import type { Report } from '../core/report.js';
import { runInspection } from '../worker/run.js';
import { Problem } from './problem.js';
import { receiveUpload } from './receive-upload.js';
import type { Services } from './services.js';

/** One upload from its first byte to its Report. Whatever happens on the way, its files are gone when this ends. */
export async function inspectUpload(request: FastifyRequest, services: Services): Promise<Report> {
  const { admission, config, rulebooks, uploads } = services;
  const leave = admission.enter();
  const path = uploads.newPath();
  const sidecarPath = uploads.newPath();
  try {
    const { name, declaredMediaType, hasSidecar, fields } = await receiveUpload(request, {
      directory: uploads,
      path,
      sidecarPath,
      maxBytes: config.maxUploadBytes,
      rulebookIds: rulebooks.map(({ id }) => id),
    });
    const outcome = await runInspection(
      {
        path,
        name,
        ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
        asOf: fields.asOf ?? services.today(),
        ...(fields.rulebooks === undefined ? {} : { rulebooks: fields.rulebooks }),
        engine: config.engine,
        ...(hasSidecar ? { sidecarPath } : {}),
      },
      services,
    );
    if ('report' in outcome) return outcome.report;
    // The message speaks of our own path; the code is enough for the log.
    throw new Problem('inspection-failed', { cause: new Error(`inspector: ${outcome.error.code}`) });
  } finally {
    // A file that cannot be deleted now is at the next start (server.ts).
    for (const one of [path, sidecarPath]) {
      await uploads.remove(one).catch((err) => request.log.error({ err }, 'an upload could not be deleted'));
    }
    leave();
  }
}
