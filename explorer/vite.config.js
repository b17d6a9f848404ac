import { defineConfig } from 'vite';

export default defineConfig({
  // Relative addresses: the page works under any path a proxy gives it.
  base: './',
  worker: { format: 'es' },
  build: {
    outDir: '../gateway/_static/graphiql',
    emptyOutDir: true,
    // The content security policy allows no inline script and no data: script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 5000,
    // What the bundle holds of others, and on which terms; shipped beside it.
    license: { fileName: 'licenses.md' },
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
});
