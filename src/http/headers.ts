import type { FastifyHelmetOptions } from '@fastify/helmet';

/** Pages of ours need their own style, one script and a form that posts here; nothing else may happen in them. */
export const securityHeaders: FastifyHelmetOptions = {
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
  // Whoever ends TLS before us decides on this one.
  strictTransportSecurity: false,
};

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
