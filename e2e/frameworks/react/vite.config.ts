import { defineConfig } from 'vite';

// biome-ignore lint/style/noDefaultExport: Vite reads it.
export default defineConfig({ logLevel: 'error' });
