import type { InspectRequest } from '../../src/isolation/inspector.js';

/** A request that tells a stand-in of the reading process what to do: it is handed what is asked, and no file's name. */
export const acting = (act: string, request: InspectRequest): InspectRequest =>
  Object.assign(request, { act });
