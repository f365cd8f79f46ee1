export { createServer } from './compose.ts';
export type { Config, LogLevel, TlsChoice } from './config/config.ts';
export { StartError } from './config/config.ts';
export { readConfig } from './config/read-config.ts';
export type { JamzServer, ServerOptions } from './jamz-server.ts';
