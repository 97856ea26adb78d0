import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { said } from '../../say/said.js';
import { keptWhy } from '../../worker/album.js';
import { keptCrJson } from '../../worker/cr-json.js';
import { requireScope } from '../access.js';
import { keptReport } from '../kept-report.js';
import { httpLimits } from '../limits.js';
import { Problem } from '../problem.js';
import {
  IfNoneMatchHeadersSchema,
  InspectionParamsSchema,
  problemAnswers,
  type TypeBoxProvider,
  taggedAnswers,
} from '../schemas.js';
import { reportOf, sendPrivate, sendTagged } from '../send-inspection.js';
import type { Services } from '../services.js';

/** It is made right after the answer; whoever asks at once waits so long. */
const MOST_WAIT_MILLIS = 10_000;

/** The manifest store of a file in crJSON, kept with its Report. */
export function crJsonRoutes(instance: FastifyInstance, services: Services): void {
  const { afterAnswers } = services;

  instance.withTypeProvider<TypeBoxProvider>().route({
    method: 'GET',
    url: '/v1/inspections/:id/crjson',
    config: requireScope('read'),
    schema: {
      operationId: 'getInspectionCrJson',
      tags: ['inspections'],
      summary: 'The manifest store in crJSON',
      description:
        'The WASM engine’s own words in C2PA’s JSON form, made at the inspection while the file was there, with ' +
        'personal data masked where it is recognised. It says nothing of trust lists.',
      params: InspectionParamsSchema,
      headers: IfNoneMatchHeadersSchema,
      response: {
        ...taggedAnswers(
          'The manifest store.',
          'application/json',
          Type.Object({}, { additionalProperties: true }),
        ),
        ...problemAnswers({
          404: 'There is no such report, or no crJSON of it; `detail` says why.',
          409: 'The inspection is not done.',
          500: 'The stored report cannot be read.',
          503: 'It is still being written; `Retry-After` says when to ask again.',
        }),
      },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { record, derivative } = await keptReport(request, services, id);
      await Promise.race([afterAnswers.ended(id), delay(MOST_WAIT_MILLIS, undefined, { ref: false })]);
      // Asked before it is looked for: what ends in between is then found when it is asked for again.
      const isUnderWay = afterAnswers.isUnderWay(id);
      const kept = await derivative('crjson');
      const found = kept && keptCrJson(kept);
      if (found !== undefined && 'crJson' in found) {
        return sendTagged(request, sendPrivate(reply), 'application/json', found.crJson);
      }
      if (found === undefined && isUnderWay)
        throw new Problem('unavailable', {
          detail: said('problem.crjson-not-found.underWay'),
          headers: { 'retry-after': String(httpLimits.retryAfterSeconds) },
        });
      const { presence } = reportOf(record).contentCredentials;
      throw new Problem('crjson-not-found', {
        detail: found === undefined ? said(`problem.crjson-not-found.${presence}`) : keptWhy(found.fault),
      });
    },
  });
}
