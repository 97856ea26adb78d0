import { limits } from '../../src/base/limits.js';
import { type Limit, times } from './past.js';

const store = (manifest: object, results: object = {}) => ({
  active_manifest: 'm',
  manifests: { m: manifest },
  validation_results: results,
});
const assertion = (label: string, data: unknown) => ({ assertions: [{ label, data }] });

/**
 * Engine output for a manifest store that exceeds the limits. It is synthetic, because no engine would read files made
 * so large by hand.
 */
export const PAST_ENGINE_JSON: readonly { bound: Limit; json: object; code: string }[] = [
  {
    bound: 'manifests',
    json: {
      active_manifest: '0',
      manifests: Object.fromEntries(times(limits.manifests + 1, (at) => [String(at), {}])),
    },
    code: 'bound.manifestStore',
  },
  {
    bound: 'actionsPerManifest',
    json: store(
      assertion('c2pa.actions.v2', {
        actions: times(limits.actionsPerManifest + 1, () => ({ action: 'c2pa.edited' })),
      }),
    ),
    code: 'bound.manifestStore',
  },
  {
    bound: 'statusCodes',
    json: store({}, { activeManifest: { failure: times(limits.statusCodes + 1, () => ({ code: 'x' })) } }),
    code: 'bound.manifestStore',
  },
  {
    bound: 'assertionCharacters',
    json: store(assertion('c2pa.metadata', { a: 'b'.repeat(limits.assertionCharacters) })),
    code: 'bound.characters',
  },
];
