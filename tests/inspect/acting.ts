import type { Inspector, InspectRequest } from '../../src/inspect/pool/inspector.js';

/**
 * Returns a request that tells a stand-in of the reading process what to do: the stand-in gets the options, and no file
 * name.
 */
export const acting = (act: string, request: InspectRequest): InspectRequest =>
  Object.assign(request, { act });

/** Wraps an inspector so that its stand-ins act by the file's name, which they otherwise do not get. */
export const actingByName = (inspector: Inspector): Inspector => ({
  inspect: (request, takers) => inspector.inspect(acting(request.name, request), takers),
  close: () => inspector.close(),
});
