import type { FastifyRequest } from 'fastify';
import type { Page } from '../fetching/fetched.js';
import { callerOf } from './access.js';
import { Problem, scopeMissing } from './problem.js';
import type { Services } from './services.js';
import type { UploadFields } from './upload-fields.js';

/** A link in place of a file. */
export interface AskedLink {
  url: string;
  /** The page on which it was chosen. */
  page?: string;
  fields: UploadFields;
  /** What came with it lies under this id. Left out: nothing did. */
  beside?: { id: string; sidecarSha256?: string | undefined; initSha256?: string | undefined };
}

/** The link leads to a page: somebody has to say which of its media is meant. */
export interface ToChoose {
  outcome: 'choose';
  page: Page;
  asked: AskedLink;
}

/** Whether a link is taken from this caller at all; rejects with why not. */
export function checkMayFollow(request: FastifyRequest, { config }: Pick<Services, 'config'>): void {
  if (config.fetch.mode === 'off') throw new Problem('fetch.off');
  if (!callerOf(request).scopes.has('fetch')) throw scopeMissing('fetch');
}

/** Whether the form offers to this caller that a link is given in place of a file. */
export const mayFollow = (request: FastifyRequest, { config }: Pick<Services, 'config'>): boolean =>
  config.fetch.mode !== 'off' && callerOf(request).scopes.has('fetch');
