import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessSettings } from '../../config.js';

/** RFC 6265bis 4.1.3: with this prefix no other host or path can have set it. It needs https and the path `/`. */
const HOST_PREFIX = '__Host-';
const NAME = 'assay-session';
/** By where people reach the service: at an https address that ends in its host, and anywhere else. */
export const SESSION_COOKIES = { atHttpsRoot: HOST_PREFIX + NAME, elsewhere: NAME } as const;

/** The cookie of whoever signed in. Scripts cannot read it, and pages of others cannot send it along with a form. */
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
