import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessSettings } from '../../config/settings.js';

/** RFC 6265bis 4.1.3: no other host or path can set a cookie with this prefix. It requires https and the path `/`. */
const HOST_PREFIX = '__Host-';
const NAME = 'assay-session';
/** Cookie names by public address: an https address without a path, and any other. */
export const SESSION_COOKIES = { atHttpsRoot: HOST_PREFIX + NAME, elsewhere: NAME } as const;

/** Cookie of a browser session. Scripts cannot read it, and other sites cannot send it along with a form. */
export class SessionCookie {
  readonly #name: string;
  readonly #path: string;
  readonly #secure: boolean;

  constructor({ publicUrl, basePath }: AccessSettings) {
    this.#secure = publicUrl?.startsWith('https:') ?? false;
    this.#path = basePath === '' ? '/' : basePath;
    this.#name = SESSION_COOKIES[this.#secure && this.#path === '/' ? 'atHttpsRoot' : 'elsewhere'];
  }

  read(request: FastifyRequest): string | undefined {
    return request.cookies[this.#name];
  }

  set(reply: FastifyReply, token: string, endsAt: Date): void {
    reply.setCookie(this.#name, token, { ...this.#attributes(), expires: endsAt });
  }

  clear(reply: FastifyReply): void {
    reply.clearCookie(this.#name, this.#attributes());
  }

  /** Lax, not Strict: a colleague's link to a report would otherwise lead to the sign-in page. */
  #attributes() {
    return { httpOnly: true, sameSite: 'lax', secure: this.#secure, path: this.#path } as const;
  }
}
