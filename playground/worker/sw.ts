import { files, needed, version } from 'playground:shell';
import { keepShell } from './keep-shell.ts';

// TrafficJamz's part: one line, in any site's own worker.
importScripts('/cdn/jamz-sw.js');

keepShell(globalThis, { version, files: Object.keys(files), needed });
