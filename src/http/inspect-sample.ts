import { createReadStream } from 'node:fs';
import type { FastifyRequest } from 'fastify';
import { settled } from '../question/asked.js';
import { newInspectionId } from '../store/inspection-id.js';
import { expiryOf } from '../worker/expiry.js';
import { actorOf, callerOf, tenantOf } from './access.js';
import { type Accepted, acceptedBefore, answer } from './inspect-upload.js';
import { once } from './once.js';
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
  const { admission, room } = services;
  room.check();
  const leave = admission.enter();
  try {
    const { made } = await once<Accepted>(request, services, {
      id: newInspectionId(),
      of: sample,
      make: (id) => inspectUnder(id, request, services, sample, gone),
      ...acceptedBefore(tenantOf(request), services),
    });
    return made;
  } finally {
    leave();
  }
}

async function inspectUnder(
  id: string,
  request: FastifyRequest,
  services: Services,
  sample: SampleName,
  gone: () => boolean,
): Promise<Accepted> {
  const { config, uploads } = services;
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
  }
}
