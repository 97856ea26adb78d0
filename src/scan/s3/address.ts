/** `s3://bucket/key`: a bucket, and the beginning of the keys that are meant; all of them where it is empty. */
export interface Address {
  bucket: string;
  key: string;
}

export const isObjectPath = (path: string): boolean => path.startsWith('s3://');

/** Undefined for what is no such address. Keys are taken as they are: nothing in them is decoded. */
export function addressOf(path: string): Address | undefined {
  const [, bucket, key = ''] = /^s3:\/\/([a-zA-Z0-9][a-zA-Z0-9._-]{1,254})(?:\/(.*))?$/s.exec(path) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}

export const pathOf = ({ bucket, key }: Address): string => `s3://${bucket}/${key}`;
