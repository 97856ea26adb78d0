import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { optionProperties } from '../../inspect/options/schemas.js';
import type { OnRecordReady } from '../../service/inspections/inspection-service.js';
import { callerOf, requireScope } from '../contract/access.js';
import { drainBody } from '../contract/drain-body.js';
import { toAcceptedEnvelope } from '../contract/inspection-envelope.js';
import { jsonBodyCompiler, registerJsonParser } from '../contract/json-body.js';
import { httpLimits } from '../contract/limits.js';
import { acceptsHtml, prefersHtml } from '../contract/negotiation.js';
import { registerOperation } from '../contract/operation.js';
import { Problem } from '../contract/problems/problem.js';
import { FieldsQuerySchema, selectFields } from '../contract/queries/field-query.js';
import { recordedFormValues } from '../contract/queries/field-selection.js';
import { jsonResponse } from '../contract/schemas.js';
import { renderMediaPage } from '../pages/media-page.js';
import { formErrorHandler } from '../responses/response-format.js';
import {
  formatInspection,
  formatStoredInspection,
  parseInspectionFields,
  sendPage,
  sendPrivate,
} from '../responses/send-inspection.js';
import { deskLimits } from '../services/desk-fields.js';
import { discloseInspection } from '../services/disclosure.js';
import { honoursKey } from '../services/idempotency.js';
import { createPageTranslator, LanguageSchema, requestedLanguage } from '../services/language.js';
import { InspectQuerySchema, parseInspectQuery } from '../services/options/inspect-query.js';
import type { LinkRequest, MediaChoice } from '../services/options/link-choice.js';
import {
  appliedPreferences,
  PREFERENCE_HEADER,
  PreferHeadersSchema,
  parsePreference,
  waitForEnd,
} from '../services/options/preference.js';
import { parseJsonFields } from '../services/options/upload-fields.js';
import type { Services } from '../services/services.js';
import { hasRawBody } from '../uploads/raw-types.js';
import { RawQuerySchema, registerRawParser } from '../uploads/receive-raw.js';
import { refuseByLength } from '../uploads/receive-upload.js';
import { assertDigestAllowed, ReprDigestHeadersSchema } from '../uploads/repr-digest.js';
import {
  type CompletedUploadRequest,
  CompletedUploadRequestSchema,
  inspectCompletedUpload,
} from './inspect-incoming.js';
import { inspectLink } from './inspect-link.js';
import { inspectUpload } from './inspect-upload.js';
import { type LinkRequestBody, LinkRequestSchema, type MediaResponse, MediaSchema } from './link-schemas.js';

const InspectionRef = Type.Ref('Inspection#');

/** For OpenAPI: the body is read as a stream and checked part by part. */
const UploadSchema = Type.Object({
  file: Type.String({ format: 'binary', description: 'Exactly one photo, video or sound file.' }),
  ...optionProperties('form'),
  caseRef: Type.Optional(
    Type.String({
      description: 'The newsroom’s own reference for the story.',
      maxLength: deskLimits.caseRefCharacters,
    }),
  ),
  tags: Type.Optional(Type.String({ description: 'Tags for finding the inspection, separated by commas.' })),
  url: Type.Optional(Type.String({ description: 'Link to the file, instead of `file`, as in JSON.' })),
  page: Type.Optional(Type.String()),
});

/** The file alone. */
const RawSchema = Type.String({
  format: 'binary',
  description:
    'The file as the whole body, with the media type image/*, video/*, audio/*, application/octet-stream or application/pdf; `name` ' +
    'in the query gives the file name.',
});

/** Interval at which a waiting client should poll. */
const RETRY_AFTER_SECONDS = '2';

/** Registers the route that inspects a file: sent as a form, as a raw body, as a completed upload or by a link. */
export function createInspectionRoute(app: FastifyInstance, services: Services): void {
  app.register(async (scope) => {
    registerJsonParser(scope);
    registerRawParser(scope);
    createRoute(scope, services);
  });
}

function createRoute(app: FastifyInstance, services: Services): void {
  const { config, stores } = services;

  registerOperation(app, 'POST /v1/inspections', requireScope('inspect', { ...honoursKey, metered: true }), {
    operationId: 'createInspection',
    tags: ['inspections'],
    summary: 'Inspect a file',
    description:
      'Accepts one file, inspects it and stores the Report. The file is deleted as soon as its Report and preview pictures are stored, ' +
      'unless the operator stores uploads. For a file that is unsupported or unreadable, the response is also a ' +
      'Report, which says so. For the same bytes with the same options, the stored result is returned, as ' +
      '`Assay-Cached` indicates, while engines, lists and rulebooks are unchanged: with the name and the declared ' +
      'type of this request, and with all results that depend on them recomputed. `Cache-Control: no-cache` inspects the file again. The file can also be the whole body; or JSON names a finished upload (`/v1/uploads`) or, with the scope `fetch`, a link (`url`): Assay fetches its target if the operator allows it (`fetch` of `/v1/capabilities`); for a page the response is 300 with a list of its media to choose from. With `Prefer: respond-async`, and for large files, the response is 202: the file is ' +
      'stored, and the Report will be available at `Location`.',
    headers: Type.Object({
      ...PreferHeadersSchema.properties,
      ...ReprDigestHeadersSchema.properties,
    }),
    querystring: Type.Object({
      ...RawQuerySchema.properties,
      ...FieldsQuerySchema.properties,
      ...InspectQuerySchema.properties,
      ...LanguageSchema.properties,
    }),
    body: {
      content: {
        'multipart/form-data': { schema: UploadSchema },
        'application/json': { schema: Type.Union([CompletedUploadRequestSchema, LinkRequestSchema]) },
        '*/*': { schema: RawSchema },
      },
    },
    answers: {
      201: jsonResponse('The inspection with its Report. `Location` contains its address.', InspectionRef, {
        Location: Type.String({ description: '`/v1/inspections/<id>`' }),
        'Assay-Cached': Type.Optional(
          Type.String({
            description:
              'Id of the inspection whose stored result was reused; absent if the file was inspected now.',
          }),
        ),
        ...PREFERENCE_HEADER,
      }),
      202: jsonResponse(
        'Accepted: the file and the options are stored, and a worker will inspect it.',
        InspectionRef,
        {
          Location: Type.String({ description: '`/v1/inspections/<id>`' }),
          'Retry-After': Type.String({ description: 'Seconds.' }),
          ...PREFERENCE_HEADER,
        },
      ),
      300: jsonResponse(
        'The link leads to a page. Repeat the request within an hour with one of its media as `url` and this page as `page`.',
        MediaSchema,
      ),
      303: {
        description:
          'Redirect for clients that prefer HTML: to the report’s page, or for several files to their table.',
        headers: { Location: Type.String({ description: '`/inspections/<id>`' }) },
        type: 'null',
      },
    },
    problems: {
      400: 'No file, an empty file, several files, an invalid field or an unreadable body.',
      403: 'The request asks for personal data, which this server does not reveal; or it names a link that must not be followed.',
      422: 'The link could not be fetched.',
      409: 'The upload is not finished, or another request is using it.',
      413: 'The file is too large.',
      404: 'There is no such upload, or no longer.',
      415: 'The body is neither multipart/form-data, nor JSON, nor a photo, video or sound.',
      500: 'A fault of this server.',
      503: 'All places for uploads are taken.',
      507: 'The disk is full, or the storage limit is reached.',
    },
    // A multipart body is checked part by part.
    validatorCompiler: jsonBodyCompiler(CompletedUploadRequestSchema, {
      member: 'url',
      schema: LinkRequestSchema,
    }),
    onRequest: async (request) => {
      parseInspectQuery(request, services);
      requestedLanguage(request);
      parseInspectionFields(request);
      assertDigestAllowed(request);
      const files = acceptsHtml(request.headers.accept) ? httpLimits.formFiles : 1;
      refuseByLength(request, config.maxUploadBytes, files);
      services.diskQuota.check();
    },
    onSend: drainBody,
    errorHandler: formErrorHandler(services),
    handler: async (request, reply) => {
      const preference = parsePreference(request);
      // A bounded wait is done by a worker, because an inspection in this request could not be left unfinished.
      const later = preference.respondAsync || preference.wait !== undefined;
      const answer = prepareAnswer(request);
      const { made: accepted } = await receiveInspection(request, reply, services, later, answer.tell);
      // The client has gone, so nobody would learn the id.
      if (accepted.outcome === 'gone') return reply.hijack();
      if (accepted.outcome === 'choose') return sendMedia(request, reply, accepted);
      const { id } = accepted;
      sendPrivate(reply);
      if (accepted.outcome === 'batch') return sendBatch(request, reply, accepted.id);
      if (prefersHtml(request.headers.accept))
        return reply.redirect(createPageTranslator(request, reply).linkTo(`/inspections/${id}`), 303);
      reply.header('location', `/v1/inspections/${id}`);
      const said = appliedPreferences(preference);
      if (said !== undefined) reply.header('preference-applied', said);
      const told = answer.of(id);
      if (told !== undefined) return sendDone(reply, told);
      const { tenant } = callerOf(request);
      const { wait } = preference;
      const record = await (accepted.outcome === 'queued'
        ? waitForEnd(request, services, { tenant, id, wait })
        : stores.inspections.get(tenant, id));
      if (record === undefined) throw new Problem('inspection-not-found');
      if (record.status !== 'done')
        return reply
          .code(202)
          .header('retry-after', RETRY_AFTER_SECONDS)
          .send(selectFields(toAcceptedEnvelope(record), parseInspectionFields(request) ?? {}));
      const { record: shown } = await discloseInspection(request, services, record);
      if (record.cachedFrom !== undefined) reply.header('assay-cached', record.cachedFrom);
      return sendDone(reply, formatStoredInspection(request, shown));
    },
  });
}

const sendDone = (reply: FastifyReply, text: string): FastifyReply =>
  reply.code(201).type('application/json; charset=utf-8').serializer(verbatim).send(text);

/**
 * Prepares the answer while the record is being written. An answer with personal data is built from the stored record
 * instead, because the key decides what is shown.
 */
function prepareAnswer(request: FastifyRequest): { tell: OnRecordReady; of(id: string): string | undefined } {
  let known: { id: string; text: string } | undefined;
  return {
    tell: (record, report) => {
      if (prefersHtml(request.headers.accept) || (record.request.reveal ?? []).length > 0) return;
      try {
        known = { id: record.id, text: formatInspection(request, record, report) };
      } catch {
        // Falls back to the stored record, whose own failure reaches the client.
      }
    },
    of: (id) => (known?.id === id ? known.text : undefined),
  };
}

/** Takes a file in any form: as a body, by the id of an upload, or by a link. */
async function receiveInspection(
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
  later: boolean,
  tell: OnRecordReady,
) {
  const page = acceptsHtml(request.headers.accept);
  const how = { later, page, gone: () => reply.raw.destroyed, tell };
  const follow = (asked: LinkRequest) => inspectLink(request, reply, asked, services, how);
  if (request.isMultipart() || hasRawBody(request)) {
    const several = page ? { several: { reply } } : {};
    return inspectUpload(request, services, { ...how, ...several, follow });
  }
  const body = assertBody(request.body);
  if (!('url' in body)) return inspectCompletedUpload(request, body, services, how);
  const { url, page: on, ...asked } = body;
  const fields = parseJsonFields(asked, services.rulebooks, parseInspectQuery(request, services));
  return follow({ url: url.trim(), fields, ...(on === undefined ? {} : { page: on.trim() }) });
}

/** Sends the media of a page, from which the client chooses. */
function sendMedia(request: FastifyRequest, reply: FastifyReply, choose: MediaChoice): FastifyReply {
  sendPrivate(reply).code(300);
  if (prefersHtml(request.headers.accept))
    return sendPage(
      reply,
      renderMediaPage(choose, recordedFormValues(request), createPageTranslator(request, reply)),
    );
  const { url, title, ...shown } = choose.page;
  const answer: MediaResponse = {
    schema: 'assay.media/1',
    page: { url, ...(title === undefined ? {} : { title }) },
    ...shown,
  };
  return reply.type('application/json; charset=utf-8').serializer(JSON.stringify).send(answer);
}

/**
 * Answers several files of a person with the batch's address: as a redirect, or as JSON for the page's script, which
 * navigates there itself.
 */
function sendBatch(request: FastifyRequest, reply: FastifyReply, id: string): FastifyReply {
  if (prefersHtml(request.headers.accept))
    return reply.redirect(createPageTranslator(request, reply).linkTo(`/batches/${id}`), 303);
  return reply.code(202).header('location', `/v1/batches/${id}`).serializer(verbatim).send('{}');
}

/** The schema was checked already, except for a request without a body, which has no content type either. */
function assertBody(body: unknown): CompletedUploadRequest | LinkRequestBody {
  if (body === undefined || body === null) throw new Problem('unsupported-media-type');
  return body as CompletedUploadRequest | LinkRequestBody;
}

/** The stored text is sent unchanged. */
const verbatim = (text: unknown): string => String(text);
