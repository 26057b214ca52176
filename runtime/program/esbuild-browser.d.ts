/** esbuild's minified browser build has the types of the plain one. */
declare module 'esbuild-wasm/esm/browser.min.js' {
  export * from 'esbuild-wasm/esm/browser.js';
}
