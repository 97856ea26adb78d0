export interface Fetched {
  status: number;
  headers: Headers;
  text: string;
}

/**
 * Fetches an answer and reads its body completely, even if only its status counts, because an unread body keeps its
 * connection.
 */
export async function fetched(url: string | URL, init?: RequestInit): Promise<Fetched> {
  const answer = await fetch(url, init);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
