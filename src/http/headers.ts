import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { AccessSettings } from '../config.js';

/** A year, which browsers count anew with each answer. */
const HSTS_SECONDS = 31_536_000;

/** Pages of ours need their own style, one script and a form that posts here; nothing else may happen in them. */
export const securityHeaders = ({ publicUrl }: Pick<AccessSettings, 'publicUrl'>): FastifyHelmetOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      // The form's script sends several files one after another.
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  // An address with a report's id is a key: it must not travel to others in Referer. With `no-referrer` a form of
  // ours would call its origin “null” (Fetch, “append a request Origin header”), and so could not be told from others.
  referrerPolicy: { policy: 'same-origin' },
  xFrameOptions: { action: 'deny' },
  // For this host alone: hosts below it are not ours to decide on. Browsers leave it aside where they came by http.
  strictTransportSecurity:
    publicUrl?.startsWith('https:') === true ? { maxAge: HSTS_SECONDS, includeSubDomains: false } : false,
});

/** The API page is a foreign program with inline styles and an image made of data; it asks only this server. */
export const apiPagePolicy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
};
