import { networkInterfaces } from 'node:os';
import type { Config } from '../config/config.ts';

/** Where one server is reached. */
export interface Urls {
  /** From this machine. */
  readonly local: string;
  /** For others, and in invitations. */
  readonly public: string;
  /** For phones nearby, where they are served. */
  readonly lan: readonly string[];
}

/** This machine's addresses in its networks, IPv4 first: what people type and QR codes hold. */
export function lanAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  const outside = all.filter(({ internal, address }) => !internal && !isLinkLocal(address));
  const ofFamily = (wanted: string): string[] =>
    outside.filter(({ family }) => family === wanted).map(({ address }) => address);
  return [...ofFamily('IPv4'), ...ofFamily('IPv6')];
}

export function urlsOf(config: Config, port: number, addresses: readonly string[]): Urls {
  const scheme = config.tls.kind === 'none' ? 'http' : 'https';
  const at = (host: string): string => `${scheme}://${bracketed(host)}:${port}`;
  const lan = config.lan ? addresses.map(at) : [];
  const local = at(isEveryOrLoopback(config.host) ? 'localhost' : config.host);
  return { local, lan, public: config.publicUrl ?? lan[0] ?? local };
}

/** The origins of the server's own pages, under every name that leads here. */
export function ownOrigins(config: Config, port: number, addresses: readonly string[]): string[] {
  const { local, lan, public: outside } = urlsOf(config, port, addresses);
  const scheme = new URL(local).protocol;
  const loopback = ['localhost', '127.0.0.1', '[::1]'].map((host) => `${scheme}//${host}:${port}`);
  return [...new Set([local, outside, ...lan, ...loopback].map((url) => new URL(url).origin))];
}

function isEveryOrLoopback(host: string): boolean {
  return ['0.0.0.0', '::', '::1', 'localhost'].includes(host) || host.startsWith('127.');
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.') || address.toLowerCase().startsWith('fe80:');
}
