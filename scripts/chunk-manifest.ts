import type { Plugin } from 'rollup';

/** One file of a build: what it loads at once, what it may load later, and whose code it holds. */
export interface ChunkFacts {
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
  /** Paths of the modules inside, from the repository's root. */
  readonly modules: readonly string[];
}

export type Manifest = Readonly<Record<string, ChunkFacts>>;

/** A rollup plugin that writes which file holds what: the size table and the SRI list read it. */
export function chunkManifest(fileName: string): Plugin {
  return {
    name: 'chunk-manifest',
    generateBundle(_options, bundle) {
      const manifest: Record<string, ChunkFacts> = {};
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        manifest[chunk.fileName] = {
          imports: chunk.imports,
          dynamicImports: chunk.dynamicImports,
          modules: chunk.moduleIds.map((id) => id.slice(process.cwd().length + 1)),
        };
      }
      this.emitFile({ type: 'asset', fileName, source: `${JSON.stringify(manifest, null, 1)}\n` });
    },
  };
}
