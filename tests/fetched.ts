export interface Fetched {
  status: number;
  headers: Headers;
  text: string;
}

/** An answer whose body was read whole, also where only its status counts: one that nobody reads keeps its connection. */
export async function fetched(url: string | URL, init?: RequestInit): Promise<Fetched> {
  const answer = await fetch(url, init);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
