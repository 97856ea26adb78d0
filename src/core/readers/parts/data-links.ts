/** Data URLs of media in a page, in Base64 or percent escapes (RFC 2397). Base64 may contain line breaks. */
const LINK =
  /data:((?:image|video|audio)\/[\w.+-]{1,64})((?:;[\w.-]{1,64}(?:=[^,;"'\s<>]{0,64})?){0,4}),([^"'<>)&\\]+)/gi;

export interface DataUrl {
  /** Stated media type in lower case. */
  mediaType: string;
  /** Approximate length of the decoded content. */
  bytes: number;
  content(): Buffer;
}

export function* findDataUrls(page: string): Generator<DataUrl> {
  for (const { 1: mediaType = '', 2: params = '', 3: data = '' } of page.matchAll(LINK)) {
    const isBase64 = /;base64$/i.test(params);
    yield {
      mediaType: mediaType.toLowerCase(),
      bytes: isBase64 ? Math.floor((data.length * 3) / 4) : data.length,
      content: () => (isBase64 ? ofBase64(data) : unescaped(data)),
    };
  }
}

const ofBase64 = (data: string): Buffer =>
  Buffer.from(/^[A-Za-z0-9+/\s]*/.exec(unescaped(data).toString('latin1'))?.[0] ?? '', 'base64');

const unescaped = (data: string): Buffer =>
  Buffer.from(
    data.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    'latin1',
  );
