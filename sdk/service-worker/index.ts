/** TrafficJamz in a host's own service worker: `import { installJamz } from 'trafficjamz/service-worker'`. */
export { type PushMessageBody, readPushMessage } from '../protocol/push-message.ts';
export { type InstallOptions, installJamz } from './install-jamz.ts';
export type { ModuleSet } from './serve-modules.ts';
