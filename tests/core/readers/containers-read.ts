import type { Carrier } from '../../../src/core/media/carrier.js';
import type { WalkedContainer } from '../../../src/core/media/read-types.js';
import { CONTAINER_REACH } from '../../../src/core/readers/container-reach.js';

export const CONTAINERS = Object.keys(CONTAINER_REACH) as WalkedContainer[];

/** Returns the containers in which the reader of a carrier searches. */
export const containersRead = (carrier: Carrier): WalkedContainer[] =>
  CONTAINERS.filter((container) => CONTAINER_REACH[container][carrier] === 'read');
