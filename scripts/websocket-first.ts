import type { Plugin } from 'rollup';

const noTransports = '\0no-transports';

/**
 * A rollup plugin that leaves Socket.IO's client without transports by default. The SDK's link names the ones that it
 * wants; the package would bring all three to every page that needs it.
 */
export function websocketFirst(): Plugin {
  return {
    name: 'websocket-first',
    resolveId(source, importer) {
      const isDefault =
        source === './transports/index.js' && importer?.includes('engine.io-client');
      return isDefault ? noTransports : null;
    },
    load: (id) => (id === noTransports ? 'export const transports = {};' : null),
    // The package does not say that its transports do nothing when they are merely imported.
    transform: (_code, id) =>
      id.includes('engine.io-client/build/esm/transports/') ? { moduleSideEffects: false } : null,
  };
}
