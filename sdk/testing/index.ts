/** For the tests of pages that embed TrafficJamz: a backend in memory, networks that a test can break, msw handlers. */
export { chirp } from '../music/chirp.ts';
export { type Loopback, type LoopbackOptions, type LoopbackWay, loopback } from './loopback.ts';
export type { LoopbackNetwork } from './loopback-link.ts';
export { LoopbackServer, type LoopbackSocket } from './loopback-server.ts';
export { mswHandlers } from './msw-handlers.ts';
export {
  type ScriptedAssistantOptions,
  type ScriptedStep,
  scriptedAssistant,
} from './scripted-assistant.ts';
export { seededRandom } from './seeded-random.ts';
