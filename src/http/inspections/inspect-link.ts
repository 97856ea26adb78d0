import type { FastifyReply, FastifyRequest } from 'fastify';
import { message } from '../../i18n/message.js';
import type { FetchedMedium, FetchResult, MediaPage } from '../../service/fetching/fetched.js';
import type { Submitted } from '../../service/inspections/inspection-service.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import type { NewExchanges } from '../../storage/inspections/exchanges.js';
import { actorOf, tenantOf } from '../contract/access.js';
import { badField, Problem } from '../contract/problems/problem.js';
import { type OnceResult, runOnce } from '../services/idempotency.js';
import type { FollowedLink } from '../services/link-fetcher.js';
import { assertCanFollowLinks, type LinkRequest, type MediaChoice } from '../services/options/link-choice.js';
import type { Services } from '../services/services.js';
import { sha256Of } from '../uploads/incoming-file.js';
import { parseDeclaredType } from '../uploads/receive-upload.js';
import { cleanUploadName } from '../uploads/upload-name.js';
import { buildReplay, type UploadOptions } from './inspect-upload.js';
import { buildInspection } from './new-inspection.js';

/** A person reads the page for a while before choosing. */
const PAGE_LIFETIME_MILLIS = 3_600_000;

/**
 * Inspects the file that a link leads to, as if it had been sent; if it leads to a page, returns its media to choose
 * from.
 */
export async function inspectLink(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: LinkRequest,
  services: Services,
  how: Pick<UploadOptions, 'later' | 'page' | 'gone'>,
): Promise<OnceResult<Submitted | MediaChoice>> {
  assertCanFollowLinks(request, services);
  const { url, page, fields, companions: beside } = asked;
  const tenant = tenantOf(request);
  const before = buildReplay(tenant, services);
  return runOnce<Submitted | MediaChoice>(request, services, {
    id: beside?.id ?? newInspectionId(),
    content: [{ url, page: page ?? null }, beside?.sidecarSha256 ?? null, beside?.initSha256 ?? null, fields],
    make: (id) => new LinkInspection(request, reply, asked, services, how).make(id),
    statusOf: (made) => (made.outcome === 'choose' ? undefined : before.statusOf(made)),
    reload: before.reload,
  });
}

class LinkInspection {
  constructor(
    readonly request: FastifyRequest,
    readonly reply: FastifyReply,
    readonly asked: LinkRequest,
    readonly services: Services,
    readonly how: Pick<UploadOptions, 'later' | 'page' | 'gone'>,
  ) {}

  async make(id: string): Promise<Submitted | MediaChoice> {
    const { request, reply, services, asked } = this;
    const { config, links, quota, diskQuota: room } = services;
    room.check();
    const from = await this.#loadSourcePage();
    const left = new AbortController();
    const leave = () => left.abort();
    reply.raw.once('close', leave);
    const bytes = Math.min(config.maxUploadBytes, room.remainingBytes() ?? Number.POSITIVE_INFINITY);
    try {
      return await links.follow(
        asked.url,
        { bytes, tenant: tenantOf(request), signal: left.signal },
        async (followed) => {
          const { fetched, receivedBytes: cameBytes } = followed;
          this.#note(id, fetched);
          if (fetched.kind === 'refused') {
            await quota.charge(request, cameBytes);
            // The failure is not the link's fault if the disk quota leaves less room than one file may take.
            if (fetched.code === 'fetch.tooLarge' && bytes < config.maxUploadBytes) room.check(bytes + 1);
            throw new Problem(fetched.code, { detail: fetched.userMessage });
          }
          await quota.spend(request, reply, { inspections: 0, bytes: cameBytes }).catch(async (error) => {
            // The bytes are charged although the request fails: otherwise the last byte of a day's quota would allow
            // unlimited downloads.
            if (error instanceof Problem) await quota.charge(request, cameBytes);
            throw error;
          });
          return fetched.kind === 'page'
            ? this.#storeMediaChoice(fetched.page, followed)
            : await this.#inspect(id, fetched, followed, from);
        },
      );
    } catch (error) {
      // The client has gone, so nobody would learn the result.
      if (left.signal.aborted && error === left.signal.reason) return { outcome: 'gone' };
      throw error;
    } finally {
      reply.raw.off('close', leave);
    }
  }

  /** Notes the host and the result for the audit log, but not the address, which may hold personal data. */
  #note(id: string, fetched: FetchResult): void {
    const { request, services, asked } = this;
    const host = fetched.kind === 'refused' ? hostOf(asked.url) : fetched.served.host;
    const facts = {
      ...(host === undefined ? {} : { host }),
      came: fetched.kind === 'refused' ? fetched.code : fetched.kind,
    };
    services.stores.log.queueEvent({
      ...{ tenant: tenantOf(request), at: services.now().toISOString(), action: 'link.fetched', facts },
      ...(fetched.kind === 'medium' ? { subject: id } : {}),
      ...actorOf(request),
    });
  }

  /** Returns the page from which the medium was chosen; its HTTP exchanges belong to the stored ones. */
  async #loadSourcePage(): Promise<{ url: string; warc: Buffer } | undefined> {
    const { request, services, asked } = this;
    if (asked.page === undefined) return undefined;
    const { exchanges } = services.stores;
    const page = await exchanges.page(tenantOf(request), asked.page, services.now().toISOString());
    if (page === undefined) throw badField('page', message('problem.field.pageGone'));
    if (!page.media.includes(asked.url)) throw badField('url', message('problem.field.notOnPage'));
    return page;
  }

  async #storeMediaChoice(page: MediaPage, followed: FollowedLink): Promise<MediaChoice> {
    const { request, services, asked } = this;
    const now = services.now();
    await services.stores.exchanges.putPage({
      tenant: tenantOf(request),
      ...{ url: page.url, asked: asked.url },
      media: page.media.map(({ url }) => url),
      warc: await followed.warc(),
      at: now.toISOString(),
      expiresAt: new Date(now.getTime() + PAGE_LIFETIME_MILLIS).toISOString(),
    });
    return { outcome: 'choose', page, request: asked };
  }

  async #inspect(
    id: string,
    fetched: FetchedMedium,
    followed: FollowedLink,
    from: { url: string; warc: Buffer } | undefined,
  ): Promise<Submitted> {
    const { request, services, asked, how } = this;
    const { admission, config, inspectionService, uploads } = services;
    const { path, served, sizeBytes: bytes } = fetched;
    const { companions: beside } = asked;
    const warc = await followed.warc();
    const exchanges: NewExchanges = {
      served,
      // Concatenated gzip members form one file, and so do WARC records.
      warc: from === undefined ? warc : Buffer.concat([from.warc, warc]),
      ...(from === undefined ? {} : { pageUrl: from.url }),
    };
    const cameWith = {
      hasSidecar: beside?.sidecarSha256 !== undefined,
      hasInit: beside?.initSha256 !== undefined,
    };
    const declaredMediaType = parseDeclaredType((served.mediaType ?? '').toLowerCase());
    const small = bytes <= config.syncUploadBytes;
    const news = buildInspection(
      request,
      id,
      {
        ...{ name: cleanUploadName(fetched.name), bytes, ...cameWith },
        servedBy: {
          ...{ host: served.host, at: served.at },
          ...(served.isLengthUnknown ? { isLengthUnknown: true } : {}),
        },
        ...(small ? { sha256: await sha256Of(path) } : {}),
        ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
      },
      asked.fields,
      services,
    );
    const leave = admission.enter();
    let isSubmitted = false;
    try {
      await uploads.adopt(path, uploads.file(id));
      if (beside !== undefined && beside.id !== id) await uploads.moveCompanions(beside.id, id, news.request);
      isSubmitted = true;
      const { later, page, gone } = how;
      return await inspectionService.submit({ ...news, exchanges }, { later: later || !small, page, gone });
    } finally {
      if (!isSubmitted) await inspectionService.release(id);
      leave();
    }
  }
}

/** Returns `undefined` if the text is no valid URL. */
const hostOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).host : undefined);
