/** One bucket at a vendor that speaks S3: AWS, R2, Supabase, MinIO. */
export interface S3Settings {
  /** Undefined: AWS, by the region. */
  readonly endpoint: string | undefined;
  /** `auto` at R2. */
  readonly region: string;
  readonly bucket: string;
  /** Undefined: as the machine has it, which is for AWS alone. */
  readonly credentials:
    | { readonly accessKeyId: string; readonly secretAccessKey: string }
    | undefined;
  /** The bucket in the path and not in the host name. */
  readonly pathStyle: boolean;
  /** Where everybody can fetch what lies under `files/`, without a slash at the end; undefined where nobody can. */
  readonly publicUrl: string | undefined;
  /** Whether browsers fetch from the bucket, by addresses that we sign, or from this server. */
  readonly delivery: 'presigned' | 'server';
}
