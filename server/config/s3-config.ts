import * as v from 'valibot';
import type { S3Settings } from '../adapters/files/s3/settings.ts';

/** Reads one variable; what is wrong with it is told by `readConfig`. */
type Read = <T>(name: string, schema: v.GenericSchema<unknown, T>, absent: T) => T;

/**
 * The bucket for files.
 *
 * @param problems what is wrong with the variables together is added
 * @returns undefined where files are on the disk
 */
export function s3Of(read: Read, problems: string[]): S3Settings | undefined {
  const bucket = read('S3_BUCKET', bucketName, undefined);
  const endpoint = read('S3_ENDPOINT', address, undefined);
  const accessKeyId = read('S3_ACCESS_KEY_ID', some, undefined);
  const secretAccessKey = read('S3_SECRET_ACCESS_KEY', some, undefined);
  const publicUrl = read('S3_PUBLIC_URL', address, undefined);
  const region = read('S3_REGION', regionName, undefined);
  const pathStyle = read('S3_PATH_STYLE', yesOrNo, undefined);
  const delivery = read('S3_DELIVERY', wayOfDelivery, undefined);
  const others = [endpoint, accessKeyId, secretAccessKey, publicUrl, region, pathStyle, delivery];
  if (bucket === undefined) {
    if (others.some((value) => value !== undefined)) {
      problems.push('S3_BUCKET must be set too when another variable of S3 is');
    }
    return undefined;
  }
  const keys = [accessKeyId, secretAccessKey].filter((key) => key !== undefined);
  if (keys.length === 1 || (keys.length === 0 && endpoint !== undefined)) {
    problems.push('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must both be set');
  }
  return {
    bucket,
    endpoint,
    publicUrl,
    region: region ?? 'us-east-1',
    credentials:
      accessKeyId !== undefined && secretAccessKey !== undefined
        ? { accessKeyId, secretAccessKey }
        : undefined,
    pathStyle: pathStyle ?? endpoint !== undefined,
    delivery: delivery ?? 'presigned',
  };
}

const bucketName: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket'),
);

const address: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.string(),
  v.check((value) => {
    const url = URL.parse(value);
    const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
    return isWeb && url.username === '' && url.search === '' && url.hash === '';
  }, 'must be an http or https address, as https://ACCOUNT.r2.cloudflarestorage.com'),
  v.transform((value) => value.replace(/\/+$/, '')),
);

const some: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.string(),
  v.regex(/^\S+$/, 'must have no spaces'),
);

const regionName: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9-]+$/, 'must be a region, as eu-central-1, or auto'),
);

const yesOrNo: v.GenericSchema<unknown, boolean | undefined> = v.pipe(
  v.picklist(['true', 'false'], 'must be true or false'),
  v.transform((value) => value === 'true'),
);

const wayOfDelivery: v.GenericSchema<unknown, S3Settings['delivery'] | undefined> = v.picklist(
  ['presigned', 'server'],
  'must be presigned or server',
);
