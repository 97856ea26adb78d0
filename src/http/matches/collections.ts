import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { compact } from '../../base/json-shape.js';
import { type Message, message } from '../../i18n/message.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import {
  COLLECTION_BOUNDS as bounds,
  CollectionError,
  type CollectionItem,
  type CollectionPatch,
  type NewCollectionItem,
  type StoredCollection,
} from '../../storage/fingerprints/collections.js';
import type { MissingKind } from '../../storage/fingerprints/fingerprints.js';
import { computeItemIds } from '../../storage/fingerprints/kysely-collections.js';
import { requireScope, tenantOf } from '../contract/access.js';
import { registerJsonParser } from '../contract/json-body.js';
import { httpLimits } from '../contract/limits.js';
import { registerOperation } from '../contract/operation.js';
import { badField, Problem } from '../contract/problems/problem.js';
import { linkNextPage, NEXT, NEXT_LINK, PageProperties, parsePage } from '../contract/queries/paging.js';
import {
  BAD_BODY,
  BAD_QUERY,
  IdParamsSchema,
  IfNoneMatchHeadersSchema,
  jsonResponse,
  taggedResponses,
} from '../contract/schemas.js';
import {
  addEtag,
  buildPrecondition,
  ETAG_HEADER,
  IfMatchHeadersSchema,
  PRECONDITION_PROBLEM,
  sendWithState,
} from '../contract/state-tag.js';
import { sendPrivate, sendTagged } from '../responses/send-inspection.js';
import { honoursKey, runOnce } from '../services/idempotency.js';
import { LanguageSchema, requestedTranslator } from '../services/language.js';
import {
  CollectionChangesSchema,
  CollectionSchema,
  ItemSchema,
  NewCollectionSchema,
  type NewItem,
  NewItemsSchema,
} from '../services/matches/collection-schemas.js';
import { toReasonView } from '../services/matches/match-view.js';
import { fingerprintFromHash } from '../services/pictures/pdq-hash.js';
import { pictureHeaders } from '../services/pictures/picture-headers.js';
import type { Services } from '../services/services.js';

const tags = ['matches'];
const NotFound = { 404: 'There is no such collection or item, or no longer.' };
const ItemParamsSchema = Type.Object({ ...IdParamsSchema.properties, item: Type.String() });

/** Registers collections: a newsroom’s own pictures, with what people found out about them, attributed to them. */
export function collectionRoutes(app: FastifyInstance, services: Services): void {
  app.register(async (scope) => {
    registerJsonParser(scope, httpLimits.collectionBodyBytes);
    registerCollectionRoutes(scope, services);
    registerItemRoutes(scope, services);
  });
}

function registerCollectionRoutes(app: FastifyInstance, services: Services): void {
  const { stores, now } = services;

  registerOperation(app, 'POST /v1/collections', requireScope('inspect', honoursKey), {
    operationId: 'createCollection',
    tags,
    summary: 'Create a collection',
    description:
      'A collection contains a newsroom’s own pictures, with findings that people wrote about them. Items are added in separate requests.',
    body: NewCollectionSchema,
    answers: {
      201: jsonResponse('The collection, empty.', CollectionSchema, {
        Location: Type.String({ description: '`/v1/collections/<id>`' }),
      }),
    },
    problems: { ...BAD_BODY, 409: 'The maximum number of collections is reached.' },
    handler: async (request, reply) => {
      const tenant = tenantOf(request);
      const { made } = await runOnce(request, services, {
        id: newInspectionId(),
        content: request.body,
        make: (id) =>
          mapCollectionErrors(
            stores.collections.create(tenant, compact(request.body), now().toISOString(), id),
          ),
        statusOf: () => 201,
        reload: (id) => stores.collections.get(tenant, id),
      });
      return reply.code(201).header('location', `/v1/collections/${made.id}`).send(toCollectionView(made));
    },
  });

  registerOperation(app, 'GET /v1/collections', requireScope('read'), {
    operationId: 'listCollections',
    tags,
    summary: 'List collections',
    description: 'Collections are sorted newest first and listed without their items.',
    querystring: Type.Object(PageProperties, { additionalProperties: false }),
    answers: {
      200: jsonResponse(
        'One page, the newest first.',
        Type.Object({ collections: Type.Array(CollectionSchema), ...NEXT }),
        NEXT_LINK,
      ),
    },
    problems: BAD_QUERY,
    handler: async (request, reply) => {
      const { items: all, next } = await mapCollectionErrors(
        stores.collections.list(tenantOf(request), parsePage(request.query)),
      );
      return sendPrivate(reply).send({
        collections: all.map(toCollectionView),
        ...linkNextPage(request, reply, next),
      });
    },
  });

  registerOperation(app, 'GET /v1/collections/:id', requireScope('read'), {
    operationId: 'getCollection',
    tags,
    summary: 'Read a collection',
    description:
      'Returns the name of the collection, the finding that applies to all its items, and the number of items.',
    params: IdParamsSchema,
    answers: { 200: jsonResponse('The collection, without its items.', CollectionSchema, ETAG_HEADER) },
    problems: NotFound,
    handler: async (request, reply) => {
      const collection = assertFound(await stores.collections.get(tenantOf(request), request.params.id));
      return sendWithState(sendPrivate(reply), toCollectionView(collection), stateOfCollection(collection));
    },
  });

  registerOperation(app, 'PATCH /v1/collections/:id', requireScope('inspect'), {
    operationId: 'updateCollection',
    tags,
    summary: 'Change a collection',
    description: 'Absent members stay unchanged; null as `finding` removes it.',
    headers: IfMatchHeadersSchema,
    params: IdParamsSchema,
    body: CollectionChangesSchema,
    answers: { 200: jsonResponse('The collection after the change.', CollectionSchema, ETAG_HEADER) },
    problems: { ...BAD_BODY, ...NotFound, ...PRECONDITION_PROBLEM },
    handler: async (request, reply) => {
      const { id } = request.params;
      const at = now().toISOString();
      const patch: CollectionPatch = compact(request.body);
      const changed = assertFound(
        await mapCollectionErrors(
          stores.collections.patch(
            tenantOf(request),
            id,
            patch,
            at,
            buildPrecondition(request, stateOfCollection),
          ),
        ),
      );
      return sendWithState(sendPrivate(reply), toCollectionView(changed), stateOfCollection(changed));
    },
  });

  registerOperation(app, 'DELETE /v1/collections/:id', requireScope('inspect'), {
    operationId: 'deleteCollection',
    tags,
    summary: 'Delete a collection with its items',
    description:
      'Deletes the fingerprints and preview pictures of the items too. Webhooks that received matches are not notified.',
    headers: IfMatchHeadersSchema,
    params: IdParamsSchema,
    answers: { 204: { description: 'The collection is deleted.', type: 'null' } },
    problems: { ...NotFound, ...PRECONDITION_PROBLEM },
    handler: async (request, reply) => {
      const { id } = request.params;
      if (
        !(await stores.collections.delete(
          tenantOf(request),
          id,
          buildPrecondition(request, stateOfCollection),
        ))
      )
        throw new Problem('collection-not-found');
      return reply.code(204).send();
    },
  });
}

function registerItemRoutes(app: FastifyInstance, services: Services): void {
  const { stores, now } = services;

  registerOperation(app, 'POST /v1/collections/:id/items', requireScope('inspect', honoursKey), {
    operationId: 'addCollectionItems',
    tags,
    summary: 'Add items to a collection',
    description: 'Adds all items or none, each by a PDQ hash or by the fingerprint of an inspection.',
    params: IdParamsSchema,
    body: NewItemsSchema,
    answers: {
      201: jsonResponse(
        'Ids of the items, in the order of the request.',
        Type.Object({ items: Type.Array(Type.Object({ id: Type.String() })) }),
      ),
    },
    problems: {
      ...BAD_BODY,
      404: 'There is no such collection or inspection.',
      409: 'The collection is full, or fingerprints are switched off on this server.',
    },
    bodyLimit: httpLimits.collectionBodyBytes,
    handler: async (request, reply) => {
      const tenant = tenantOf(request);
      const { id } = request.params;
      const { items: asked } = request.body;
      if (!services.matching.isEnabled) throw new Problem('matches-off');
      const { made } = await runOnce(request, services, {
        id: newInspectionId(),
        content: asked,
        make: async (from) => {
          const news: NewCollectionItem[] = [];
          for (const [index, item] of asked.entries())
            news.push(await buildItem(tenant, item, index, services));
          const ids = await mapCollectionErrors(
            stores.collections.putItems(tenant, id, news, now().toISOString(), from),
          );
          if (ids === undefined) throw new Problem('collection-not-found');
          return ids;
        },
        statusOf: () => 201,
        reload: async (from, status) => {
          // Items added twice under the same ids are stored once.
          if (status === undefined) return undefined;
          const ids = computeItemIds(asked, from);
          return (await stores.collections.findExisting(tenant, id, ids)).size > 0 ? ids : undefined;
        },
      });
      return sendPrivate(reply)
        .code(201)
        .send({ items: made.map((item) => ({ id: item })) });
    },
  });

  registerOperation(app, 'GET /v1/collections/:id/items', requireScope('read'), {
    operationId: 'listCollectionItems',
    tags,
    summary: 'List items of a collection',
    description: 'Items are sorted by id; each has an `etag` for `If-Match`.',
    params: IdParamsSchema,
    querystring: Type.Object(
      { ...PageProperties, ...LanguageSchema.properties },
      { additionalProperties: false },
    ),
    answers: {
      200: jsonResponse('One page.', Type.Object({ items: Type.Array(ItemSchema), ...NEXT }), NEXT_LINK),
    },
    problems: { ...NotFound, ...BAD_QUERY },
    handler: async (request, reply) => {
      const { id } = request.params;
      const page = await mapCollectionErrors(
        stores.collections.items(tenantOf(request), id, parsePage(request.query)),
      );
      if (page === undefined) throw new Problem('collection-not-found');
      const translator = requestedTranslator(request);
      return sendPrivate(reply).send({
        items: page.items.map((one: CollectionItem) => {
          const { hasPreview, missing, ...item } = one;
          const shownItem = {
            ...item,
            missing: missing.map((reason: MissingKind) => toReasonView(reason, translator)),
            ...(hasPreview ? { preview: `/v1/collections/${id}/items/${item.id}/preview` } : {}),
          };
          return addEtag(shownItem, stateOfItem(one));
        }),
        ...linkNextPage(request, reply, page.next),
      });
    },
  });

  registerOperation(app, 'DELETE /v1/collections/:id/items/:item', requireScope('inspect'), {
    operationId: 'deleteCollectionItem',
    tags,
    summary: 'Remove an item from a collection',
    description: 'Searches no longer find the item. Inspections that matched it stay unchanged.',
    headers: IfMatchHeadersSchema,
    params: ItemParamsSchema,
    answers: { 204: { description: 'The item and its fingerprint are deleted.', type: 'null' } },
    problems: { ...NotFound, ...PRECONDITION_PROBLEM },
    handler: async (request, reply) => {
      const { id, item } = request.params;
      const holds = buildPrecondition(request, stateOfItem);
      if (!(await stores.collections.removeItem(tenantOf(request), id, item, holds)))
        throw new Problem('collection-not-found');
      return reply.code(204).send();
    },
  });

  registerOperation(app, 'GET /v1/collections/:id/items/:item/preview', requireScope('read'), {
    operationId: 'getCollectionItemPreview',
    tags,
    summary: 'Read the preview picture of an item',
    description: 'The picture is in WebP. An item that consists only of a hash has none.',
    params: ItemParamsSchema,
    headers: IfNoneMatchHeadersSchema,
    answers: { ...taggedResponses('The picture.', 'image/webp', Type.String({ format: 'binary' })) },
    problems: { 404: 'The item does not exist, or no picture of it is stored.' },
    handler: async (request, reply) => {
      const { id, item } = request.params;
      const picture = await stores.collections.preview(tenantOf(request), id, item);
      if (picture === undefined) throw new Problem('picture-not-found');
      return sendTagged(request, sendPrivate(pictureHeaders(reply, 'preview')), 'image/webp', picture);
    },
  });
}

async function buildItem(
  tenant: string,
  item: NewItem,
  index: number,
  { stores }: Pick<Services, 'stores'>,
): Promise<NewCollectionItem> {
  const { key, name, note, finding } = item;
  const words = compact({ key, name, note, finding: finding && compact(finding) });
  if ('hash' in item) {
    try {
      return { ...words, fingerprints: fingerprintFromHash(item.hash) };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { detail } = error;
      throw new Problem('hash-bad', { detail, errors: [{ pointer: `/items/${index}/hash`, detail }] });
    }
  }
  const { inspection } = item;
  const fingerprints = await stores.fingerprints.getForSearch(tenant, { inspection });
  if (fingerprints.made.length === 0)
    throw itemProblem(index, 'inspection', message('problem.field.noFingerprint'));
  // Copies the thumbnail, so that the item can be recognized when its report is long deleted.
  const preview = (await stores.inspections.getDerivative(tenant, inspection, 'preview'))?.content;
  const small = preview !== undefined && preview.length <= bounds.previewBytes;
  return { ...words, ...(small ? { preview } : {}), fingerprints };
}

function itemProblem(index: number, member: string, detail: Message): Problem {
  const name = `items/${index}/${member}`;
  return new Problem('bad-field', {
    detail: message('problem.field', { name, what: detail }),
    errors: [{ pointer: `/${name}`, detail }],
  });
}

function assertFound(collection: StoredCollection | undefined): StoredCollection {
  if (collection === undefined) throw new Problem('collection-not-found');
  return collection;
}

/** The tenant is left out: it is always the caller's own. */
const toCollectionView = ({
  tenant: _tenant,
  ...collection
}: StoredCollection): Omit<StoredCollection, 'tenant'> => collection;

/** State of a collection that people can change. */
const stateOfCollection = ({ name, finding, watched }: StoredCollection) => ({ name, finding, watched });

/** Excludes the fingerprint, which is computed from the same bytes whenever it is added. */
const stateOfItem = ({ id, at, name, note, finding }: CollectionItem) => ({ id, at, name, note, finding });

/** Turns a refusal of the store into a problem that the client can correct. */
async function mapCollectionErrors<T>(done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    if (!(error instanceof CollectionError)) throw error;
    if (error.code === 'collection.full') throw new Problem('collection-full', { cause: error });
    if (error.code === 'collection.bad-cursor') throw badField('cursor', message('problem.field.cursor'));
    const { member = 'name', item } = error.place ?? {};
    const detail = message('problem.field.notTaken');
    throw item === undefined ? badField(member, detail) : itemProblem(item, member, detail);
  }
}
