import type { Inspector, InspectRequest } from '../../src/inspect/pool/inspector.js';

/**
 * Returns a request that tells a stand-in of the reading process what to do. The stand-in gets the options that the
 * allow-list names, and no file name, so the act takes the place of one of them (`children/act-of.js`).
 */
export const acting = (act: string, request: InspectRequest): InspectRequest => ({
  ...request,
  ...({ ownHash: act } as object),
});

/** Wraps an inspector so that its stand-ins act by the file's name, which they otherwise do not get. */
export const actingByName = (inspector: Inspector): Inspector => ({
  inspect: (request, takers) => inspector.inspect(acting(request.name, request), takers),
  close: () => inspector.close(),
});
