/** `s3://bucket/key`: a bucket and a prefix of keys; an empty prefix stands for all. */
export interface ObjectAddress {
  bucket: string;
  key: string;
}

export const isObjectPath = (path: string): boolean => path.startsWith('s3://');

/** Parses an address; `undefined` if it is invalid. Keys are taken literally, without decoding. */
export function parseAddress(path: string): ObjectAddress | undefined {
  const [, bucket, key = ''] = /^s3:\/\/([a-zA-Z0-9][a-zA-Z0-9._-]{1,254})(?:\/(.*))?$/s.exec(path) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}

export const objectPath = ({ bucket, key }: ObjectAddress): string => `s3://${bucket}/${key}`;
