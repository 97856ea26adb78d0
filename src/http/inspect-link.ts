import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fetched, FetchedMedium, Page } from '../fetching/fetched.js';
import { said } from '../say/said.js';
import type { NewExchanges } from '../store/exchanges.js';
import { newInspectionId } from '../store/inspection-id.js';
import { actorOf, tenantOf } from './access.js';
import { type AskedLink, checkMayFollow, type ToChoose } from './asked-link.js';
import { sha256Of } from './incoming-file.js';
import { type Accepted, acceptedBefore, answer, type HowSent } from './inspect-upload.js';
import type { Followed } from './link-door.js';
import { newInspection } from './new-inspection.js';
import { type Once, once } from './once.js';
import { badField, Problem } from './problem.js';
import { declared } from './receive-upload.js';
import type { Services } from './services.js';
import { uploadName } from './upload-name.js';

/** Somebody reads for a while, and then chooses. */
const PAGE_KEPT_MILLIS = 3_600_000;

/** What a link leads to becomes an inspection, as if it had been sent; or the media of a page are to be chosen from. */
export async function inspectLink(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: AskedLink,
  services: Services,
  how: Pick<HowSent, 'later' | 'page' | 'gone'>,
): Promise<Once<Accepted | ToChoose>> {
  checkMayFollow(request, services);
  const { url, page, fields, beside } = asked;
  const tenant = tenantOf(request);
  const before = acceptedBefore(tenant, services);
  return once<Accepted | ToChoose>(request, services, {
    id: beside?.id ?? newInspectionId(),
    of: [{ url, page: page ?? null }, beside?.sidecarSha256 ?? null, beside?.initSha256 ?? null, fields],
    make: (id) => new Following(request, reply, asked, services, how).make(id),
    statusOf: (made) => (made.outcome === 'choose' ? undefined : before.statusOf(made)),
    again: before.again,
  });
}

class Following {
  constructor(
    readonly request: FastifyRequest,
    readonly reply: FastifyReply,
    readonly asked: AskedLink,
    readonly services: Services,
    readonly how: Pick<HowSent, 'later' | 'page' | 'gone'>,
  ) {}

  async make(id: string): Promise<Accepted | ToChoose> {
    const { request, reply, services, asked } = this;
    const { config, links, quota, room } = services;
    room.check();
    const from = await this.#chosenFrom();
    const left = new AbortController();
    const leave = () => left.abort();
    reply.raw.once('close', leave);
    const bytes = Math.min(config.maxUploadBytes, room.left() ?? Number.POSITIVE_INFINITY);
    try {
      return await links.follow(
        asked.url,
        { bytes, tenant: tenantOf(request), signal: left.signal },
        async (followed) => {
          const { fetched, cameBytes } = followed;
          this.#note(id, fetched);
          if (fetched.kind === 'refused') {
            await quota.charge(request, cameBytes);
            // Not the link's fault where there is less room than one file may take.
            if (fetched.code === 'fetch.tooLarge' && bytes < config.maxUploadBytes) room.check(bytes + 1);
            throw new Problem(fetched.code, { detail: fetched.said });
          }
          await quota.spend(request, reply, { inspections: 0, bytes: cameBytes }).catch(async (error) => {
            // It has come all the same: else the last byte of a day would fetch as much as one likes.
            if (error instanceof Problem) await quota.charge(request, cameBytes);
            throw error;
          });
          return fetched.kind === 'page'
            ? this.#toChoose(fetched.page, followed)
            : await this.#inspect(id, fetched, followed, from);
        },
      );
    } catch (error) {
      // Nobody would ever learn what came of it.
      if (left.signal.aborted && error === left.signal.reason) return { outcome: 'gone' };
      throw error;
    } finally {
      reply.raw.off('close', leave);
    }
  }

  /** Which host was asked, and what came of it; its address may hold personal data. */
  #note(id: string, fetched: Fetched): void {
    const { request, services, asked } = this;
    const host = fetched.kind === 'refused' ? hostOf(asked.url) : fetched.served.host;
    const facts = {
      ...(host === undefined ? {} : { host }),
      came: fetched.kind === 'refused' ? fetched.code : fetched.kind,
    };
    services.stores.log.note({
      ...{ tenant: tenantOf(request), at: services.now().toISOString(), action: 'link.fetched', facts },
      ...(fetched.kind === 'medium' ? { subject: id } : {}),
      ...actorOf(request),
    });
  }

  /** The page that was shown to whoever chose; what was exchanged for it belongs to what is kept. */
  async #chosenFrom(): Promise<{ url: string; warc: Buffer } | undefined> {
    const { request, services, asked } = this;
    if (asked.page === undefined) return undefined;
    const { exchanges } = services.stores;
    const page = await exchanges.page(tenantOf(request), asked.page, services.now().toISOString());
    if (page === undefined) throw badField('page', said('problem.field.pageGone'));
    if (!page.media.includes(asked.url)) throw badField('url', said('problem.field.notOnPage'));
    return page;
  }

  async #toChoose(page: Page, followed: Followed): Promise<ToChoose> {
    const { request, services, asked } = this;
    const now = services.now();
    await services.stores.exchanges.putPage({
      tenant: tenantOf(request),
      ...{ url: page.url, asked: asked.url },
      media: page.media.map(({ url }) => url),
      warc: await followed.warc(),
      at: now.toISOString(),
      expiresAt: new Date(now.getTime() + PAGE_KEPT_MILLIS).toISOString(),
    });
    return { outcome: 'choose', page, asked };
  }

  async #inspect(
    id: string,
    fetched: FetchedMedium,
    followed: Followed,
    from: { url: string; warc: Buffer } | undefined,
  ): Promise<Accepted> {
    const { request, services, asked, how } = this;
    const { admission, config, uploads } = services;
    const { path, served, sizeBytes: bytes } = fetched;
    const { beside } = asked;
    const warc = await followed.warc();
    const exchanges: NewExchanges = {
      served,
      // Members of gzip, one behind the other, are one file; so are records of WARC.
      warc: from === undefined ? warc : Buffer.concat([from.warc, warc]),
      ...(from === undefined ? {} : { pageUrl: from.url }),
    };
    const { sidecarSha256, initSha256 } = beside ?? {};
    const cameWith = { hasSidecar: sidecarSha256 !== undefined, hasInit: initSha256 !== undefined };
    const declaredMediaType = declared((served.mediaType ?? '').toLowerCase());
    const small = bytes <= config.syncUploadBytes;
    const news = newInspection(
      request,
      id,
      {
        ...{ name: uploadName(fetched.name), bytes, ...cameWith },
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
    let accepted: Accepted | undefined;
    try {
      await uploads.adopt(path, uploads.file(id));
      if (beside !== undefined && beside.id !== id) await uploads.moveBeside(beside.id, id, news.request);
      accepted = await answer({ ...news, exchanges }, services, {
        later: how.later || !small,
        page: how.page,
        gone: how.gone,
        beside: { sidecarSha256, initSha256 },
      });
      return accepted;
    } finally {
      const outcome = accepted?.outcome;
      const kept = outcome === 'queued' || (outcome === 'done' && config.keepUploadsHours > 0);
      if (!kept)
        await services.afterAnswers
          .whenFree(id, () => uploads.removeOf(id))
          .catch((err: unknown) => request.log.error({ err }, 'an upload could not be deleted'));
      leave();
    }
  }
}

/** Undefined where it is no address. */
const hostOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).host : undefined);
