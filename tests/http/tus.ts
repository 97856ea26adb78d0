import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';

/** Headers of tus requests. */
export const TUS = { 'tus-resumable': '1.0.0' };
export const BYTES = 'application/offset+octet-stream';

type Headers = Record<string, string>;

export const metadata = (words: Record<string, string>): string =>
  Object.entries(words)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',');

/** Begins an upload and returns its id. */
export async function beginUpload(
  app: FastifyInstance,
  length: number,
  words: Record<string, string> = {},
  headers: Headers = {},
): Promise<string> {
  const said = Object.keys(words).length === 0 ? {} : { 'upload-metadata': metadata(words) };
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/uploads',
    headers: { ...TUS, 'upload-length': String(length), ...said, ...headers },
  });
  expect(answer.statusCode).toBe(201);
  return String(answer.headers.location).split('/').at(-1) ?? '';
}

export function appendTo(
  app: FastifyInstance,
  id: string,
  offset: number,
  payload: string | Buffer,
  headers: Headers = {},
): Promise<LightMyRequestResponse> {
  return app.inject({
    method: 'PATCH',
    url: `/v1/uploads/${id}`,
    headers: { ...TUS, 'content-type': BYTES, 'upload-offset': String(offset), ...headers },
    payload,
  });
}

export async function wholeUpload(
  app: FastifyInstance,
  content: string | Buffer,
  words: Record<string, string> = {},
  headers: Headers = {},
): Promise<string> {
  const bytes = Buffer.from(content);
  const id = await beginUpload(app, bytes.length, words, headers);
  const answer = await appendTo(app, id, 0, bytes, headers);
  expect([answer.statusCode, answer.headers['upload-offset']]).toEqual([204, String(bytes.length)]);
  return id;
}

export function inspectUploaded(
  app: FastifyInstance,
  upload: string,
  more: Record<string, unknown> = {},
  headers: Headers = {},
): Promise<LightMyRequestResponse> {
  return app.inject({ method: 'POST', url: '/v1/inspections', payload: { upload, ...more }, headers });
}
