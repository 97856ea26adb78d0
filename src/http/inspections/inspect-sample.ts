import { createReadStream } from 'node:fs';
import type { FastifyRequest } from 'fastify';
import type { RequestedOptions } from '../../inspect/options/members.js';
import { resolveOptions } from '../../inspect/options/resolved.js';
import { reportExpiry } from '../../service/inspections/expiry.js';
import type { Submitted } from '../../service/inspections/inspection-service.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import { actorOf, callerOf, tenantOf } from '../contract/access.js';
import { runOnce } from '../services/idempotency.js';
import { resolveLawOptions } from '../services/options/upload-fields.js';
import { SAMPLE_TAG, SAMPLES, type SampleName, samplePath } from '../services/samples/samples.js';
import type { Services } from '../services/services.js';
import { buildReplay } from './inspect-upload.js';

/** Inspects one of the sample files as if it had been sent with these options. */
export async function inspectSample(
  request: FastifyRequest,
  services: Services,
  sample: SampleName,
  gone: () => boolean,
  asked: RequestedOptions = {},
): Promise<Submitted> {
  const { admission, diskQuota: room } = services;
  room.check();
  const leave = admission.enter();
  try {
    const { made } = await runOnce<Submitted>(request, services, {
      id: newInspectionId(),
      content: [sample, asked],
      make: (id) => inspectUnder(id, request, services, { sample, gone, asked }),
      ...buildReplay(tenantOf(request), services),
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
  { sample, gone, asked }: { sample: SampleName; gone: () => boolean; asked: RequestedOptions },
): Promise<Submitted> {
  const { config, uploads } = services;
  let isSubmitted = false;
  try {
    const { bytes, sha256 } = await uploads.write(uploads.file(id), createReadStream(samplePath(sample)));
    const { file: name, declaredMediaType } = SAMPLES[sample];
    const { tenant, defaults } = callerOf(request);
    const law = resolveLawOptions({}, { key: defaults, operator: config.lawDefaults }, services.rulebooks);
    const news = {
      id,
      tenant,
      createdAt: new Date().toISOString(),
      request: {
        name,
        declaredMediaType,
        ...resolveOptions({ engine: config.engine, ...asked }, law, services.today()),
        hasSidecar: false,
      },
      sizeBytes: bytes,
      sha256,
      tags: [SAMPLE_TAG],
      by: actorOf(request),
      ...reportExpiry(config),
    };
    isSubmitted = true;
    return await services.inspectionService.submit(news, { later: false, page: true, gone });
  } finally {
    if (!isSubmitted) await services.inspectionService.release(id);
  }
}
