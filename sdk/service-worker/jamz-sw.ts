import { files, needed, version } from 'jamz:modules';
import { installJamz } from './install-jamz.ts';

/**
 * `jamz-sw.js`: a service worker of its own, or one line in a host's, `importScripts('…/jamz-sw.js')`. The elements'
 * modules stand beside it, and a script that was imported is told its own address by nothing but its stack.
 */
const [folder] = /https?:\/\/[^\s)]*\//.exec(new Error().stack ?? '') ?? [];
const base = folder ?? new URL('.', location.href).href;
installJamz(globalThis, { modules: { base, files, needed, version } });
