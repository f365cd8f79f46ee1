import vue from '@vitejs/plugin-vue';
import { isJamzElement } from 'trafficjamz/vue';
import { defineConfig } from 'vite';

// biome-ignore lint/style/noDefaultExport: Vite reads it.
export default defineConfig({
  logLevel: 'error',
  plugins: [vue({ template: { compilerOptions: { isCustomElement: isJamzElement } } })],
});
