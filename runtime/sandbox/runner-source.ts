/**
 * The one inline script that the product allows: it waits for the supervisor's source and the page's port and starts
 * it. Its hash stands in the policies of iframe and page, so a change here changes RUNNER_HASH (a test compares).
 */

/** Runs in the sandbox iframe. Kept to one expression: what is not here can't be misused. */
export const RUNNER_SOURCE =
  "addEventListener('message',function(e){if(e.source!==parent||!e.ports[0])return;self.taleaPort=e.ports[0];" +
  "var s=document.createElement('script');s.src=URL.createObjectURL(new Blob([e.data],{type:'text/javascript'}));" +
  'document.head.append(s)},{once:true});';

/** As a source expression of a Content-Security-Policy. */
export const RUNNER_HASH = "'sha256-B36OggP5PrUX0Zcrb6b1hxwyr2uLTpszeZgPPppyLx4='";

/** Policy of the iframe: scripts and workers from blobs of its own, nothing from anywhere else, no connections. */
export const SANDBOX_CSP = `default-src 'none'; script-src ${RUNNER_HASH} blob:; worker-src blob:; connect-src 'none'`;

/** The iframe's document. */
export const SANDBOX_DOCUMENT =
  '<!doctype html><html><head><meta charset="utf-8">' +
  `<meta http-equiv="Content-Security-Policy" content="${SANDBOX_CSP}">` +
  `<script>${RUNNER_SOURCE}</script></head><body></body></html>`;
