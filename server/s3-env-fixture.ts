import type { S3Settings } from './adapters/files/s3/settings.ts';

/** The environment of a server that keeps its files there. */
export function s3Env({ endpoint, bucket, credentials }: S3Settings): Record<string, string> {
  return {
    S3_ENDPOINT: endpoint ?? '',
    S3_BUCKET: bucket,
    S3_ACCESS_KEY_ID: credentials?.accessKeyId ?? '',
    S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
  };
}
