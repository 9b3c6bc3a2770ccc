// Starts node-media-server on loopback: node media-server.cjs HTTP_PORT RTMP_PORT
const NodeMediaServer = require('node-media-server');

const [http, rtmp] = process.argv.slice(2).map(Number);
new NodeMediaServer({
  bind: '127.0.0.1',
  notify: { url: '' },
  auth: { play: false, publish: false, secret: 'unused', jwt: { expiresIn: '1h', refreshExpiresIn: '1h', algorithm: 'HS256', users: [] } },
  rtmp: { port: rtmp },
  http: { port: http },
}).run();
