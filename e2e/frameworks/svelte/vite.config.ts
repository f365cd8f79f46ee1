import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// biome-ignore lint/style/noDefaultExport: Vite reads it.
export default defineConfig({ logLevel: 'error', plugins: [svelte()] });
