import type { FastifyRequest } from 'fastify';
import type { MediaPage } from '../../../service/fetching/fetched.js';
import { callerOf } from '../../contract/access.js';
import { Problem, scopeMissing } from '../../contract/problems/problem.js';
import type { Services } from '../services.js';
import type { UploadFields } from './upload-fields.js';

/** A link given in place of a file. */
export interface LinkRequest {
  url: string;
  /** Address of the page on which the link was chosen. */
  page?: string;
  fields: UploadFields;
  /** Id and digests of the files uploaded with the link; left out: none were. */
  companions?: { id: string; sidecarSha256?: string | undefined; initSha256?: string | undefined };
}

/** The link leads to a page: the caller has to choose one of its media. */
export interface MediaChoice {
  outcome: 'choose';
  page: MediaPage;
  request: LinkRequest;
}

/** Throws `Problem` if links are off or this caller may not use them. */
export function assertCanFollowLinks(request: FastifyRequest, { config }: Pick<Services, 'config'>): void {
  if (config.fetch.mode === 'off') throw new Problem('fetch.off');
  if (!callerOf(request).scopes.has('fetch')) throw scopeMissing('fetch');
}

/** Returns whether the form offers this caller a link in place of a file. */
export const canFollowLinks = (request: FastifyRequest, { config }: Pick<Services, 'config'>): boolean =>
  config.fetch.mode !== 'off' && callerOf(request).scopes.has('fetch');
