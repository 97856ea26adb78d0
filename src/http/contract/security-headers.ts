import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { AccessSettings } from '../../config/settings.js';

/** A year, which browsers restart with each answer. */
const HSTS_SECONDS = 31_536_000;

/** Assay's pages need their own style and script and a form that posts here; the policy allows nothing else. */
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
  // An address with a report's id is a secret, so it must not reach others in Referer. `no-referrer` would make the
  // origin of Assay's own forms “null” (Fetch, “append a request Origin header”), so they could not be told from
  // others.
  referrerPolicy: { policy: 'same-origin' },
  xFrameOptions: { action: 'deny' },
  // For this host alone: subdomains may belong to others. Browsers ignore the header over http.
  strictTransportSecurity:
    publicUrl?.startsWith('https:') === true ? { maxAge: HSTS_SECONDS, includeSubDomains: false } : false,
});

/** The API page is a third-party program with inline styles and a data: image; it requests only this server. */
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
