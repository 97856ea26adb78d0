import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { faultMessage } from '../../base/fault.js';
import { message } from '../../i18n/message.js';
import { parseStoredCrJson } from '../../service/inspections/cr-json.js';
import { requireStoredReport } from '../../service/inspections/stored-report.js';
import { requireScope } from '../contract/access.js';
import { httpLimits } from '../contract/limits.js';
import { registerOperation } from '../contract/operation.js';
import { Problem } from '../contract/problems/problem.js';
import { IfNoneMatchHeadersSchema, InspectionParamsSchema, taggedResponses } from '../contract/schemas.js';
import { sendPrivate, sendTagged } from '../responses/send-inspection.js';
import type { Services } from '../services/services.js';
import { loadReport } from '../services/stored-report.js';

/** The crJSON is made right after the answer; a client that asks at once waits at most this long. */
const MAX_WAIT_MILLIS = 10_000;

/** Registers the route of a file's manifest store as crJSON, stored with its Report. */
export function crJsonRoutes(app: FastifyInstance, services: Services): void {
  const { afterResponse: afterAnswers } = services.inspectionService;

  registerOperation(app, 'GET /v1/inspections/:id/crjson', requireScope('read'), {
    operationId: 'getInspectionCrJson',
    tags: ['inspections'],
    summary: 'Read the manifest store in crJSON',
    description:
      'Output of the WASM engine in C2PA’s JSON form, created during the inspection while the file was stored, with ' +
      'recognised personal data masked. It does not take trust lists into account.',
    params: InspectionParamsSchema,
    headers: IfNoneMatchHeadersSchema,
    answers: {
      ...taggedResponses(
        'The manifest store.',
        'application/json',
        Type.Object({}, { additionalProperties: true }),
      ),
    },
    problems: {
      404: 'The report or its crJSON does not exist; `detail` gives the reason.',
      409: 'The inspection is not done.',
      500: 'The stored report cannot be read.',
      503: 'The crJSON is still being written; `Retry-After` says when to retry.',
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { record, derivative } = await loadReport(request, services, id);
      await Promise.race([afterAnswers.waitFor(id), delay(MAX_WAIT_MILLIS, undefined, { ref: false })]);
      // Read before the lookup: if the work ends in between, the second lookup finds its result.
      const isUnderWay = afterAnswers.isUnderWay(id);
      const kept = await derivative('crjson');
      const found = kept && parseStoredCrJson(kept);
      if (found !== undefined && 'crJson' in found) {
        return sendTagged(request, sendPrivate(reply), 'application/json', found.crJson);
      }
      if (found === undefined && isUnderWay)
        throw new Problem('unavailable', {
          detail: message('problem.crjson-not-found.underWay'),
          headers: { 'retry-after': String(httpLimits.retryAfterSeconds) },
        });
      const { presence } = requireStoredReport(record).contentCredentials;
      throw new Problem('crjson-not-found', {
        detail:
          found === undefined ? message(`problem.crjson-not-found.${presence}`) : faultMessage(found.fault),
      });
    },
  });
}
