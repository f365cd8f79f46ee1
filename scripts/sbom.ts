import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A bill of materials, as CycloneDX 1.5 has it. */
export interface Sbom {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.5';
  readonly version: 1;
  readonly metadata: {
    readonly component: {
      readonly type: 'application';
      readonly name: string;
      readonly version: string;
      readonly purl: string;
    };
  };
  readonly components: readonly SbomComponent[];
}

export interface SbomComponent {
  readonly 'bom-ref': string;
  readonly type: 'library';
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses: readonly { readonly expression: string }[];
}

interface LockedPackage {
  readonly version: string;
  readonly name?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
}

/**
 * What runs in an installation: each package of the lockfile that is no tool, with version, checksum and licence. Not
 * by `npm sbom --omit dev` (npm 11), which leaves out what tools need too, as lit and nodemailer here.
 */
export function sbomOf(root: string): Sbom {
  const lock: { name: string; version: string; packages: Record<string, LockedPackage> } =
    JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const components = Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, locked]) => componentOf(path, locked));
  const byPurl = new Map(components.map((component) => [component.purl, component]));
  const { version } = lock;
  const purl = purlOf('trafficjamz', version);
  return {
    ...{ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1 },
    metadata: { component: { type: 'application', name: 'trafficjamz', version, purl } },
    // One that lies in several folders is one.
    components: [...byPurl.values()].toSorted((a, b) => (a.purl < b.purl ? -1 : 1)),
  };
}

/** Writes it beside what was built. */
export function writeSbom(root: string, distDir: string): void {
  mkdirSync(distDir, { recursive: true });
  writeFileSync(join(distDir, 'sbom.json'), `${JSON.stringify(sbomOf(root), null, 1)}\n`);
}

const folder = 'node_modules/';

function componentOf(path: string, locked: LockedPackage): SbomComponent {
  const name = locked.name ?? path.slice(path.lastIndexOf(folder) + folder.length);
  const { version, integrity = '', license } = locked;
  const purl = purlOf(name, version);
  return {
    ...{ 'bom-ref': purl, type: 'library', name, version, purl },
    hashes: integrity
      .split(' ')
      .filter(Boolean)
      .map((one) => {
        const [alg = '', base64 = ''] = one.split(/-(.*)/s);
        const content = Buffer.from(base64, 'base64').toString('hex');
        return { alg: alg.toUpperCase().replace(/^SHA(?=\d)/, 'SHA-'), content };
      }),
    licenses: license === undefined ? [] : [{ expression: license }],
  };
}

/** As the package URL specification writes it: the sign of a scope is escaped. */
function purlOf(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}
