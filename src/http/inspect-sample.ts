import { createReadStream } from 'node:fs';
import type { FastifyRequest } from 'fastify';
import { settled } from '../question/asked.js';
import { newInspectionId } from '../store/inspection-id.js';
import { expiryOf } from '../worker/expiry.js';
import { actorOf, callerOf } from './access.js';
import { type Accepted, answer } from './inspect-upload.js';
import { SAMPLE_TAG, SAMPLES, type SampleName, samplePath } from './samples/samples.js';
import type { Services } from './services.js';
import { lawIn } from './upload-fields.js';

/** One of our own files, inspected as if it had been sent. */
export async function inspectSample(
  request: FastifyRequest,
  services: Services,
  sample: SampleName,
  gone: () => boolean,
): Promise<Accepted> {
  const { admission, config, uploads, room } = services;
  room.check();
  const leave = admission.enter();
  const id = newInspectionId();
  try {
    const { bytes, sha256 } = await uploads.write(uploads.file(id), createReadStream(samplePath(sample)));
    const { file: name, declaredMediaType } = SAMPLES[sample];
    const { tenant, defaults } = callerOf(request);
    const law = lawIn({}, { key: defaults, operator: config.lawDefaults }, services.rulebooks);
    const news = {
      id,
      tenant,
      createdAt: new Date().toISOString(),
      request: {
        name,
        declaredMediaType,
        ...settled({ engine: config.engine }, law, services.today()),
        hasSidecar: false,
      },
      sizeBytes: bytes,
      sha256,
      tags: [SAMPLE_TAG],
      by: actorOf(request),
      ...expiryOf(config),
    };
    return await answer(news, services, { later: false, page: true, gone });
  } finally {
    await services.afterAnswers
      .whenFree(id, () => uploads.removeOf(id))
      .catch((err: unknown) => request.log.error({ err }, 'an upload could not be deleted'));
    leave();
  }
}
