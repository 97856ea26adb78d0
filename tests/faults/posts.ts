import { readFileSync } from 'node:fs';
import { fixture } from '../cli/spawn-assay.js';
import { multipart } from '../http/posting.js';

const PICTURE = readFileSync(fixture('c2pa/png-c2pa-trained.png'));

export interface Answered {
  status: number;
  /** Code of the problem, if it is one. */
  code?: string;
  id?: string;
  retryAfter: string | null;
}

/**
 * Posts a picture to the service at `url`: another one for each number, because the same would be answered from the
 * stored result.
 */
export async function post(
  url: string,
  number: number,
  { later = false, extraBytes = 0, headers: more = {} as Record<string, string> } = {},
): Promise<Answered> {
  const content = Buffer.concat([PICTURE, Buffer.alloc(extraBytes, 'x'), Buffer.from(`picture ${number}`)]);
  const { payload, headers } = multipart([{ name: 'file', filename: `${number}.png`, content }]);
  const answer = await fetch(`${url}/v1/inspections`, {
    method: 'POST',
    body: new Uint8Array(payload),
    headers: { ...headers, ...(later ? { prefer: 'respond-async' } : {}), ...more },
  });
  const body = (await answer.json()) as { code?: string; id?: string };
  const id = answer.headers.get('location')?.split('/').at(-1);
  return {
    status: answer.status,
    ...(body.code === undefined ? {} : { code: body.code }),
    ...(id === undefined ? {} : { id }),
    retryAfter: answer.headers.get('retry-after'),
  };
}

/** Returns `queued`, `done` and so on, by id. */
export async function statuses(url: string): Promise<Map<string, string>> {
  const answer = await fetch(`${url}/v1/inspections?limit=100`);
  const { inspections } = (await answer.json()) as { inspections: { id: string; status: string }[] };
  return new Map(inspections.map(({ id, status }) => [id, status]));
}
