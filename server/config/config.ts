import type { S3Settings } from '../adapters/files/s3/settings.ts';
import type { InfluxAddress } from '../adapters/time-series/influx/influx-http.ts';
import type { PushSettings } from './push-config.ts';

/** Everything about one server that its surroundings decide, checked. */
export interface Config {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly tls: TlsChoice;
  /** Serve phones nearby: TLS always, and their addresses printed. */
  readonly lan: boolean;
  readonly dataDir: string;
  /** The database that keeps everything but files; undefined: one file in the data folder. */
  readonly mongodbUri: string | undefined;
  /** What joins several processes on one store; undefined: this process is alone. */
  readonly redisUrl: string | undefined;
  /** The bucket that keeps tracks and pictures; undefined: the data folder. */
  readonly s3: S3Settings | undefined;
  /** What keeps time series; undefined: the database, or the data folder. */
  readonly influx: InfluxAddress | undefined;
  /** How long it is kept where members were, days; 0: not at all. */
  readonly historyDays: number;
  readonly push: PushSettings;
  /** Whoever shows it operates this server over HTTP; undefined: nobody does. */
  readonly adminToken: string | undefined;
  /** Whether people may register sites for themselves. */
  readonly selfService: boolean;
  /** Origins that webhooks may reach wherever they are, beside https on the public internet. */
  readonly webhookHosts: readonly string[];
  /** Where browsers reach this server, without a slash at the end; undefined: where it listens. */
  readonly publicUrl: string | undefined;
  /** Undefined: made on the first start and kept in the data folder. */
  readonly authSecret: string | undefined;
  readonly logLevel: LogLevel;
  /** Whoever shows it may read `/metrics`; undefined: only this machine may. */
  readonly metricsToken: string | undefined;
  /** Where mails go out; undefined: into a folder. */
  readonly smtpUrl: string | undefined;
  /** Who they come from: an address, or a name with the address in angle brackets. */
  readonly mailFrom: string;
  /** Where passwords are looked up that leaked, ends with a slash; undefined: nowhere. */
  readonly pwnedPasswordsUrl: string | undefined;
  /** What one person may upload; 0: no ceiling. */
  readonly memberQuota: { readonly files: number; readonly bytes: number };
  /** Groups of the demo site where nothing happens for so long are deleted; 0: never. */
  readonly demoGroupDays: number;
  /** How long a sign-in lasts at most, however much it is used. */
  readonly signInDays: number;
  /** How long the audit log goes back; 0: for ever. */
  readonly auditDays: number;
}

export type TlsChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'files'; readonly certPath: string; readonly keyPath: string }
  /** Made on the first start, kept in the data folder, renewed when the addresses change. */
  | { readonly kind: 'self-signed' };

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

/** A start that cannot succeed until a person changes something. The command line prints it and exits with status 2. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
