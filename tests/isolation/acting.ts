import type { Inspector, InspectRequest } from '../../src/isolation/inspector.js';

/** A request that tells a stand-in of the reading process what to do: it is handed what is asked, and no file's name. */
export const acting = (act: string, request: InspectRequest): InspectRequest =>
  Object.assign(request, { act });

/** One whose stand-ins do what the file is called, which they are not told otherwise. */
export const actingByName = (inspector: Inspector): Inspector => ({
  inspect: (request, takers) => inspector.inspect(acting(request.name, request), takers),
  close: () => inspector.close(),
});
