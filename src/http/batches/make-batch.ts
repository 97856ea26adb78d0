import { basename } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { limits } from '../../base/limits.js';
import { decodePath, displayPath } from '../../base/path-text.js';
import { type Message, message } from '../../i18n/message.js';
import { reportExpiry } from '../../service/inspections/expiry.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import type { NewInspection } from '../../storage/inspections/inspections.js';
import { tenantOf } from '../contract/access.js';
import { boundMessage } from '../contract/format-bytes.js';
import { badField, Problem } from '../contract/problems/problem.js';
import { buildInspection } from '../inspections/new-inspection.js';
import { parseInspectQuery } from '../services/options/inspect-query.js';
import { parseJsonFields, type UploadFields } from '../services/options/upload-fields.js';
import type { Services } from '../services/services.js';
import { findCompletedUpload, withLockedUploads } from '../uploads/incoming-file.js';
import { cleanUploadName } from '../uploads/upload-name.js';
import type { BatchItemRequest, BatchRequest } from './batch-schemas.js';

/** One validated item: its inspection, and the moves that bring its files to where a worker reads them. */
interface Item {
  news: NewInspection;
  uploads: { id: string; to: string }[];
}

/** Validates every item before anything is created: a batch is created whole or not at all. */
export async function createBatch(
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  { items: asked, ...rest }: BatchRequest,
  services: Services,
): Promise<void> {
  const { stores, uploads, incomingFiles, config } = services;
  const tenant = tenantOf(request);
  const fields = parseJsonFields(rest, services.rulebooks, parseInspectQuery(request, services));
  const items: Item[] = [];
  for (const [index, item] of asked.entries()) {
    items.push(await buildItem(request, id, item, index, fields, services));
  }
  const used = items.flatMap((item) => item.uploads);
  refuseDuplicates(used.map((upload) => upload.id));
  await services.quota.spend(request, reply, { inspections: items.length - 1, bytes: 0 });
  const placed: string[] = [];
  await withLockedUploads(
    tenant,
    used.map((upload) => upload.id),
    services,
    async () => {
      let made = false;
      try {
        for (const { id: upload, to } of used) {
          await uploads.adopt(incomingFiles.file(upload), to);
          placed.push(to);
        }
        await uploads.sync(placed);
        await stores.batches.create({
          ...{ id, tenant, createdAt: new Date().toISOString(), tags: fields.tags ?? [] },
          ...(fields.caseRef === undefined ? {} : { caseRef: fields.caseRef }),
          ...reportExpiry(config),
          inspections: items.map(({ news }) => news),
          uploads: used.map((upload) => upload.id),
        });
        made = true;
      } finally {
        if (!made) for (const path of placed) await uploads.remove(path);
      }
      return { result: undefined, used: true };
    },
  );
  services.wakeWorker();
}

async function buildItem(
  request: FastifyRequest,
  batchId: string,
  item: BatchItemRequest,
  index: number,
  fields: UploadFields,
  services: Services,
): Promise<Item> {
  const { uploads, allowedPaths } = services;
  const id = newInspectionId();
  const ask = (file: Parameters<typeof buildInspection>[2]): NewInspection => ({
    ...buildInspection(request, id, file, fields, services),
    batchId,
    batchItem: index + 1,
  });
  const path = itemPath(item);
  if (path !== undefined) {
    const found = await allowedPaths.find(path);
    if (found === undefined) {
      throw itemProblem(index, 'path' in item ? 'path' : 'pathBytes', message('problem.field.path'));
    }
    const name = cleanUploadName(displayPath(basename(path)));
    // The resolved path is stored: it is the one that was checked, and it is resolved again before it is read.
    return { news: ask({ name, bytes: found.bytes, hasSidecar: false, path: found.path }), uploads: [] };
  }
  if (!('upload' in item)) throw new Error('an item that is neither a path nor an upload');
  const file = await findItemUpload(request, index, 'upload', item.upload, services);
  const used = [{ id: file.id, to: uploads.file(id) }];
  for (const name of ['sidecar', 'init'] as const) {
    const asked = item[name];
    if (asked === undefined) continue;
    const beside = await findItemUpload(request, index, name, asked, services);
    const most = name === 'init' ? limits.initSegmentBytes : limits.sidecarBytes;
    if (beside.bytes > most)
      throw itemProblem(index, name, message('problem.field.size', { most: boundMessage(most) }));
    used.push({ id: beside.id, to: uploads[name](id) });
  }
  const hasSidecar = item.sidecar !== undefined;
  return { news: ask({ ...file, hasSidecar, hasInit: item.init !== undefined }), uploads: used };
}

/** Returns `undefined` for an upload. */
function itemPath(item: BatchItemRequest): string | undefined {
  if ('upload' in item) return undefined;
  return 'path' in item ? item.path : decodePath(Buffer.from(item.pathBytes, 'base64'));
}

/** Checks one upload; its error names the item. */
async function findItemUpload(
  request: FastifyRequest,
  index: number,
  member: string,
  id: string,
  services: Services,
) {
  try {
    return await findCompletedUpload(tenantOf(request), id, services);
  } catch (error) {
    if (error instanceof Problem) throw itemProblem(index, member, message('problem.field.upload'));
    throw error;
  }
}

function itemProblem(index: number, member: string, detail: Message): Problem {
  return new Problem('bad-field', {
    detail: message('problem.field', { name: `items/${index}/${member}`, what: detail }),
    errors: [{ pointer: `/items/${index}/${member}`, detail }],
  });
}

function refuseDuplicates(ids: readonly string[]): void {
  if (new Set(ids).size < ids.length) throw badField('items', message('problem.field.uploadTwice'));
}
