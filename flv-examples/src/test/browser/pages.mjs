// Serves the page that a player lives in, from an origin of its own, as players on a site of their own do.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const SCRIPTS = {
  mpegts: ['mpegts.js/dist/mpegts.js'],
  flvjs: ['flv.js/dist/flv.min.js'],
  xgplayer: ['xgplayer/dist/index.min.js', 'xgplayer-flv/dist/index.min.js'],
};

const html = (player) => `<!doctype html><meta charset="utf-8"><title>${player}</title><link rel="icon" href="data:,">
<style>body{margin:0;background:#222}video{width:640px;height:360px}</style><div id="box"></div>
${[...SCRIPTS[player].map((name) => `node_modules/${name}`), 'watch-page.js'].map((src) => `<script src="/${src}"></script>`).join('\n')}`;

/** Starts the server; gives the address of the page for these options and a way to stop it. */
export async function servePages() {
  const files = new Set(['watch-page.js', ...Object.values(SCRIPTS).flat().map((name) => `node_modules/${name}`)]);
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const name = url.pathname.slice(1);
    const script = files.has(name);
    if (!script && !SCRIPTS[name]) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': script ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8' });
    response.end(script ? readFileSync(path.join(here, name)) : html(name));
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const base = `http://127.0.0.1:${server.address().port}`;
  return {
    page: (options) => `${base}/${options.player}?options=${encodeURIComponent(JSON.stringify(options))}`,
    close: () => { server.closeAllConnections(); server.close(); },
  };
}
