import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { propertiesFor } from '../../question/schemas.js';
import { callerOf, requireScope } from '../access.js';
import { answerForm } from '../answer-form.js';
import type { AskedLink, ToChoose } from '../asked-link.js';
import { AskQuerySchema, askedInQuery } from '../asked-query.js';
import { chosenOf } from '../chosen.js';
import { FieldsQuerySchema, onlyChosen } from '../chosen-fields.js';
import { deskLimits } from '../desk-words.js';
import { mediaPage } from '../form/media-page.js';
import { type IncomingAsk, IncomingAskSchema, inspectIncoming } from '../inspect-incoming.js';
import { inspectLink } from '../inspect-link.js';
import { inspectUpload, type Tell } from '../inspect-upload.js';
import { accepted as asAccepted } from '../inspection-envelope.js';
import { jsonOnly, readsJson } from '../json-body.js';
import { askedLanguage, LanguageSchema, pageLanguage } from '../language.js';
import { httpLimits } from '../limits.js';
import { lingerAfterRefusal } from '../linger.js';
import { type LinkAsk, LinkAskSchema, type MediaAnswer, MediaSchema } from '../link-schemas.js';
import { prefersHtml, takesHtml } from '../negotiation.js';
import { honoursKey } from '../once.js';
import { applied, PREFERENCE_HEADER, PreferHeadersSchema, preferenceOf, whenEnded } from '../prefer.js';
import { Problem } from '../problem.js';
import { isRaw } from '../raw-types.js';
import { RawQuerySchema, readsRaw } from '../receive-raw.js';
import { refuseByLength } from '../receive-upload.js';
import { checkDigestHeader, ReprDigestHeadersSchema } from '../repr-digest.js';
import { jsonAnswer, problemAnswers, type TypeBoxProvider } from '../schemas.js';
import {
  chosenOfInspection,
  inspectionText,
  sendPage,
  sendPrivate,
  toldInspection,
} from '../send-inspection.js';
import type { Services } from '../services.js';
import { shownTo } from '../shown.js';
import { fieldsOf } from '../upload-fields.js';

const InspectionRef = Type.Ref('Inspection#');

/** For OpenAPI: the body is read as a stream and checked part by part. */
const UploadSchema = Type.Object({
  file: Type.String({ format: 'binary', description: 'Exactly one photo, video or sound file.' }),
  ...propertiesFor('form'),
  caseRef: Type.Optional(
    Type.String({
      description: 'The desk’s own word for the story.',
      maxLength: deskLimits.caseRefCharacters,
    }),
  ),
  tags: Type.Optional(Type.String({ description: 'Words to find it by, separated by commas.' })),
  url: Type.Optional(Type.String({ description: 'In place of `file`, as in JSON.' })),
  page: Type.Optional(Type.String()),
});

/** The file alone. */
const RawSchema = Type.String({
  format: 'binary',
  description:
    'The file as the whole body, of the type image/*, video/*, audio/*, application/octet-stream or application/pdf; `name` ' +
    'in the address says what it is called.',
});

/** Asked again after so long by a client that waits. */
const RETRY_AFTER_SECONDS = '2';

/** A file in, a Report out: as a form sends it, or an upload that was made before. */
export function createInspectionRoute(instance: FastifyInstance, services: Services): void {
  instance.register(async (scope) => {
    readsJson(scope);
    readsRaw(scope);
    createRoute(scope, services);
  });
}

function createRoute(instance: FastifyInstance, services: Services): void {
  const { config, stores } = services;

  instance.withTypeProvider<TypeBoxProvider>().route({
    method: 'POST',
    url: '/v1/inspections',
    config: { ...requireScope('inspect'), ...honoursKey, metered: true },
    schema: {
      operationId: 'createInspection',
      tags: ['inspections'],
      summary: 'Inspect a file',
      description:
        'Takes one file, inspects it and keeps the Report. The file is deleted as soon as its Report and small pictures of it are kept, ' +
        'unless the operator keeps uploads. A file that is not supported or cannot be read is answered with a ' +
        'Report too: it says so. The same bytes asked about in the same way are answered from what is kept, as ' +
        '`Assay-Cached` says, while engines, lists and rulebooks are the same: under the name and with the declared ' +
        'type of this request, and all that hangs on them made anew. `Cache-Control: no-cache` inspects anew. The file may be the whole body too; or JSON names an upload that is whole (`/v1/uploads`), or, with the scope `fetch`, a link (`url`): what it leads to is fetched where the operator allows it (`fetch` of `/v1/capabilities`); a page is answered 300 with its media to choose from. With `Prefer: respond-async`, and for large files, the answer is 202: the file is ' +
        'safely kept, and the Report will be found at `Location`.',
      headers: Type.Object({
        ...PreferHeadersSchema.properties,
        ...ReprDigestHeadersSchema.properties,
      }),
      querystring: Type.Object({
        ...RawQuerySchema.properties,
        ...FieldsQuerySchema.properties,
        ...AskQuerySchema.properties,
        ...LanguageSchema.properties,
      }),
      body: {
        content: {
          'multipart/form-data': { schema: UploadSchema },
          'application/json': { schema: Type.Union([IncomingAskSchema, LinkAskSchema]) },
          '*/*': { schema: RawSchema },
        },
      },
      response: {
        201: jsonAnswer('The inspection with its Report. Its address is in `Location`.', InspectionRef, {
          Location: Type.String({ description: '`/v1/inspections/<id>`' }),
          'Assay-Cached': Type.Optional(
            Type.String({ description: 'The inspection whose answer this is; left out: it was made now.' }),
          ),
          ...PREFERENCE_HEADER,
        }),
        202: jsonAnswer(
          'Accepted: the file and the question are kept, and a worker will inspect it.',
          InspectionRef,
          {
            Location: Type.String({ description: '`/v1/inspections/<id>`' }),
            'Retry-After': Type.String({ description: 'Seconds.' }),
            ...PREFERENCE_HEADER,
          },
        ),
        300: jsonAnswer(
          'The link leads to a page. Ask again with one of its media as `url`, and this as `page`, within an hour.',
          MediaSchema,
        ),
        303: {
          description: 'For clients that prefer HTML: the report’s page; of several files, their table.',
          headers: { Location: Type.String({ description: '`/inspections/<id>`' }) },
          type: 'null',
        },
        ...problemAnswers({
          400: 'No file, an empty file, several files, a bad field or a body that cannot be read.',
          403: 'Personal data was asked for, and this server does not reveal it; or a link that may not be followed.',
          422: 'Nothing came of the link.',
          409: 'The upload is not whole, or another request has it.',
          413: 'The file is too large.',
          404: 'There is no such upload, or no longer.',
          415: 'The body is neither multipart/form-data, nor JSON, nor a photo, video or sound.',
          500: 'A fault of this server.',
          503: 'All places for uploads are taken.',
          507: 'The disk or the room set for it is full.',
        }),
      },
    },
    // A multipart body is checked part by part.
    validatorCompiler: jsonOnly(IncomingAskSchema, { member: 'url', schema: LinkAskSchema }),
    onRequest: async (request) => {
      askedInQuery(request, services);
      askedLanguage(request);
      chosenOfInspection(request);
      checkDigestHeader(request);
      const files = takesHtml(request.headers.accept) ? httpLimits.formFiles : 1;
      refuseByLength(request, config.maxUploadBytes, files);
      services.room.check();
    },
    onSend: lingerAfterRefusal,
    errorHandler: answerForm(services),
    handler: async (request, reply) => {
      const preference = preferenceOf(request);
      // Whoever waits for a while only has it done by a worker: nobody could stop waiting for it otherwise.
      const later = preference.later || preference.wait !== undefined;
      const answer = answerBeforehand(request);
      const { made: accepted } = await taken(request, reply, services, later, answer.tell);
      // The client has gone: nobody would ever learn the id.
      if (accepted.outcome === 'gone') return reply.hijack();
      if (accepted.outcome === 'choose') return sendMedia(request, reply, accepted);
      const { id } = accepted;
      sendPrivate(reply);
      if (accepted.outcome === 'batch') return sendBatch(request, reply, accepted.id);
      if (prefersHtml(request.headers.accept))
        return reply.redirect(pageLanguage(request, reply).to(`/inspections/${id}`), 303);
      reply.header('location', `/v1/inspections/${id}`);
      const said = applied(preference);
      if (said !== undefined) reply.header('preference-applied', said);
      const told = answer.of(id);
      if (told !== undefined) return sendDone(reply, told);
      const { tenant } = callerOf(request);
      const { wait } = preference;
      const record = await (accepted.outcome === 'queued'
        ? whenEnded(request, services, { tenant, id, wait })
        : stores.inspections.get(tenant, id));
      if (record === undefined) throw new Problem('inspection-not-found');
      if (record.status !== 'done')
        return reply
          .code(202)
          .header('retry-after', RETRY_AFTER_SECONDS)
          .send(onlyChosen(asAccepted(record), chosenOfInspection(request) ?? {}));
      const { record: shown } = await shownTo(request, services, record);
      if (record.cachedFrom !== undefined) reply.header('assay-cached', record.cachedFrom);
      return sendDone(reply, inspectionText(request, shown));
    },
  });
}

const sendDone = (reply: FastifyReply, text: string): FastifyReply =>
  reply.code(201).type('application/json; charset=utf-8').serializer(verbatim).send(text);

/** The answer as it is told while what it says is being kept; what shows personal data is told of what is kept, by key. */
function answerBeforehand(request: FastifyRequest): { tell: Tell; of(id: string): string | undefined } {
  let known: { id: string; text: string } | undefined;
  return {
    tell: (record, report) => {
      if (prefersHtml(request.headers.accept) || (record.request.reveal ?? []).length > 0) return;
      try {
        known = { id: record.id, text: toldInspection(request, record, report) };
      } catch {
        // Then it is told of what is kept, and whoever asks is told what is wrong.
      }
    },
    of: (id) => (known?.id === id ? known.text : undefined),
  };
}

/** In whatever form it comes: as a file, by the id of an upload, or by a link. */
async function taken(
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
  later: boolean,
  tell: Tell,
) {
  const page = takesHtml(request.headers.accept);
  const how = { later, page, gone: () => reply.raw.destroyed, tell };
  const follow = (asked: AskedLink) => inspectLink(request, reply, asked, services, how);
  if (request.isMultipart() || isRaw(request)) {
    const several = page ? { several: { reply } } : {};
    return inspectUpload(request, services, { ...how, ...several, follow });
  }
  const body = jsonBody(request.body);
  if (!('url' in body)) return inspectIncoming(request, body, services, how);
  const { url, page: on, ...asked } = body;
  const fields = fieldsOf(asked, services.rulebooks, askedInQuery(request, services));
  return follow({ url: url.trim(), fields, ...(on === undefined ? {} : { page: on.trim() }) });
}

/** What a page shows, for whoever chooses from it. */
function sendMedia(request: FastifyRequest, reply: FastifyReply, choose: ToChoose): FastifyReply {
  sendPrivate(reply).code(300);
  if (prefersHtml(request.headers.accept))
    return sendPage(reply, mediaPage(choose, chosenOf(request), pageLanguage(request, reply)));
  const { url, title, ...shown } = choose.page;
  const answer: MediaAnswer = {
    schema: 'assay.media/1',
    page: { url, ...(title === undefined ? {} : { title }) },
    ...shown,
  };
  return reply.type('application/json; charset=utf-8').serializer(JSON.stringify).send(answer);
}

/** A person's several files: the page's script goes where a browser would. */
function sendBatch(request: FastifyRequest, reply: FastifyReply, id: string): FastifyReply {
  if (prefersHtml(request.headers.accept))
    return reply.redirect(pageLanguage(request, reply).to(`/batches/${id}`), 303);
  return reply.code(202).header('location', `/v1/batches/${id}`).serializer(verbatim).send('{}');
}

/** Checked above; a request without any body has no type either, and came past the check. */
function jsonBody(body: unknown): IncomingAsk | LinkAsk {
  if (body === undefined || body === null) throw new Problem('unsupported-media-type');
  return body as IncomingAsk | LinkAsk;
}

/** What is kept as text goes out as it was kept. */
const verbatim = (text: unknown): string => String(text);
