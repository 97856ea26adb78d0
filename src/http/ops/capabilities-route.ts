import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { VERSION } from '../../base/version.js';
import { FETCH_MODES } from '../../config/fetch-settings.js';
import { MEDIA_KINDS } from '../../core/media/media-kinds.js';
import { ROLES } from '../../core/report/rule-terms.js';
import { anyKey, callerOf } from '../contract/access.js';
import { registerOperation } from '../contract/operation.js';
import { jsonResponse } from '../contract/schemas.js';
import { findCapabilities } from '../services/capabilities.js';
import type { Services } from '../services/services.js';

const Limit = Type.Integer({ minimum: 1 });

const CapabilitiesSchema = Type.Object(
  {
    version: Type.String({ examples: [VERSION] }),
    report: Type.String({ description: 'Schema of the Report.', examples: ['assay.report/1'] }),
    formats: Type.Array(
      Type.Object({
        mediaType: Type.String(),
        format: Type.String(),
        kind: Type.Enum(MEDIA_KINDS, { title: 'Kind' }),
        endings: Type.Array(Type.String()),
        read: Type.Boolean({
          description:
            'Whether Assay reads files of this format. False: Assay recognises the format but reads nothing in such files.',
        }),
        contentCredentials: Type.Boolean({
          description: 'Whether an official C2PA SDK reads manifests in this format.',
        }),
      }),
      {
        description:
          'Formats that Assay detects from the bytes, never from the name. Other files are hashed and reported as unrecognised.',
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
        present: Type.Boolean({ description: 'Whether the engine’s binary for this machine is installed.' }),
        used: Type.Enum(['first', 'on-fault', 'beside', 'no'], {
          description: 'Use of this engine that follows from the operator’s choice of engine.',
        }),
      }),
    ),
    shares: Type.Boolean({ description: 'Whether this server can create links to reports.' }),
    fingerprints: Type.Boolean({
      description: 'Whether this server searches for files that look or sound alike.',
    }),
    fetch: Type.Enum([...FETCH_MODES], { description: 'Links that this server fetches.' }),
    rulebooks: Type.Array(Type.String()),
    presets: Type.Object(
      {
        jurisdictions: Type.Optional(Type.Array(Type.String())),
        roles: Type.Optional(Type.Array(Type.Enum([...ROLES], { title: 'Role' }))),
      },
      { title: 'LawPresets', description: 'Law options used if neither the client nor its key sets any.' },
    ),
    missing: Type.Array(
      Type.Object({
        part: Type.String(),
        lost: Type.String({ description: 'Function that this host lacks as a result.' }),
      }),
    ),
  },
  { title: 'Capabilities' },
);

/** Registers the route that lists what this server supports, so that a client knows before it sends anything. */
export function capabilityRoutes(app: FastifyInstance, services: Services): void {
  registerOperation(app, 'GET /v1/capabilities', anyKey, {
    operationId: 'getCapabilities',
    tags: ['knowledge'],
    summary: 'Read the formats, limits, engines and missing parts of this server',
    description:
      'Returns formats, limits, engines and programs of this server, parts that this host lacks, and the settings that apply to the requesting key.',
    answers: { 200: jsonResponse('Capabilities of this server as configured.', CapabilitiesSchema) },
    handler: async (request) => findCapabilities(services, callerOf(request).defaults),
  });
}
