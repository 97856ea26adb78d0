import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { VERSION } from '../../base/version.js';
import { FETCH_MODES } from '../../config/fetch-settings.js';
import { MEDIA_KINDS } from '../../core/media/media-kinds.js';
import { ROLES } from '../../core/report/rule-terms.js';
import { anyKey, callerOf } from '../contract/access.js';
import { jsonResponse } from '../contract/schemas.js';
import { findCapabilities } from '../services/capabilities.js';
import type { Services } from '../services/services.js';

const Limit = Type.Integer({ minimum: 1 });

const CapabilitiesSchema = Type.Object(
  {
    version: Type.String({ examples: [VERSION] }),
    report: Type.String({ description: 'The Report’s schema.', examples: ['assay.report/1'] }),
    formats: Type.Array(
      Type.Object({
        mediaType: Type.String(),
        format: Type.String(),
        kind: Type.Enum(MEDIA_KINDS, { title: 'Kind' }),
        endings: Type.Array(Type.String()),
        read: Type.Boolean({
          description: 'False where the format is known by name and nothing of such a file is looked into.',
        }),
        contentCredentials: Type.Boolean({
          description: 'Whether an official C2PA SDK reads manifests in it.',
        }),
      }),
      {
        description:
          'Told by the bytes, never by the name. Other files are hashed and reported as unrecognised.',
      },
    ),
    limits: Type.Object({
      uploadBytes: Limit,
      sidecarBytes: Limit,
      uploadsAtOnce: Limit,
      filesReadAtOnce: Limit,
    }),
    engines: Type.Array(
      Type.Object({
        name: Type.Enum(['native', 'wasm']),
        version: Type.String(),
        sdk: Type.String(),
        present: Type.Boolean({ description: 'Its binary for this machine is there.' }),
        used: Type.Enum(['first', 'on-fault', 'beside', 'no'], {
          description: 'What the operator’s choice of engine makes of it.',
        }),
      }),
    ),
    shares: Type.Boolean({ description: 'Whether links to reports can be made here.' }),
    fingerprints: Type.Boolean({ description: 'Whether files that look alike are looked for here.' }),
    fetch: Type.Enum([...FETCH_MODES], { description: 'Which links are followed here.' }),
    rulebooks: Type.Array(Type.String()),
    presets: Type.Object(
      {
        jurisdictions: Type.Optional(Type.Array(Type.String())),
        roles: Type.Optional(Type.Array(Type.Enum([...ROLES], { title: 'Role' }))),
      },
      { title: 'LawPresets', description: 'What is asked where neither a client nor its key says.' },
    ),
    missing: Type.Array(
      Type.Object({ part: Type.String(), lost: Type.String({ description: 'What this host cannot do.' }) }),
    ),
  },
  { title: 'Capabilities' },
);

/** Registers the route that lists what this server supports, so that a client knows before it sends anything. */
export function capabilityRoutes(app: FastifyInstance, services: Services): void {
  app.route({
    method: 'GET',
    url: '/v1/capabilities',
    config: anyKey,
    schema: {
      operationId: 'getCapabilities',
      tags: ['knowledge'],
      summary: 'Formats, limits, engines, and what this host lacks',
      description:
        'Formats, limits, engines and programs of this server, what this host lacks, and what counts for the key that asks.',
      response: {
        200: jsonResponse('As this server is set up.', CapabilitiesSchema),
      },
    },
    handler: async (request) => findCapabilities(services, callerOf(request).defaults),
  });
}
