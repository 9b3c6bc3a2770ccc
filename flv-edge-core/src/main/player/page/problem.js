// What went wrong, in words for the person in front of the page, and whether trying again can help.

const STATUSES = {
  400: ['The server does not understand this address (400)', 'Check the path and the parameters of the stream address.'],
  401: ['The server wants a login (401)', 'This page can play public or signed addresses only.'],
  403: ['Not allowed (403)', 'The link may lack its signature, or this address, page or network is not admitted.'],
  404: ['No such stream (404)', 'Check the address. A live stream exists only while somebody publishes it.'],
  405: ['The server does not serve streams here (405)', 'Check the path of the stream address.'],
  410: ['The link has expired (410)', 'Ask for a freshly signed address.'],
  416: ['The position is outside the file (416)', 'The file may have changed: open it again.'],
  429: ['Too many requests (429)', 'The server asks to slow down.', true],
  500: ['The server failed (500)', 'The reason is in the server\u2019s log.', true],
  502: ['The origin is down (502)', 'The edge runs, but the origin behind it refuses or sends something that is not FLV.', true],
  503: ['The edge is full or closing (503)', 'There may be room again in a moment.', true],
  504: ['The origin does not answer (504)', 'The edge runs, but the origin behind it stays silent.', true],
};

const problem = ([title, hint, retry = false]) => ({ title, hint, retry });

export const NO_PLAYER = problem(['The player is missing in this build',
  'npm was not found or failed when flvkit was built. Install Node.js with npm and build again. The streams themselves work: open their address in VLC or ffplay.']);

export const NO_MEDIA_SOURCE = problem(['This browser cannot play FLV', 'It has no Media Source Extensions. Use a current Chrome, Edge, Firefox or Safari.']);

export const BAD_ADDRESS = problem(['This is not a stream address', 'Write a path such as /live/demo.flv or a full http address.']);

export const NOTHING_DECODED = problem(['Nothing to show yet', 'The server answers, but no picture or sound could be decoded so far.']);

export function otherServer(host) {
  return problem(['This page plays streams of its own server only', `Open the player of ${host}, or write an address of ${location.host}.`]);
}

export function httpStatus(code) {
  return problem(STATUSES[code] || [`The server answers ${code}`, 'Check the stream address.', code >= 500]);
}

/** The connection failed before the first byte, or broke later. */
export function connection(hadData) {
  return problem(hadData
    ? ['The connection broke', 'The server or the network cut the stream in the middle.', true]
    : ['The server cannot be reached', 'It may be stopped, or the network is down.', true]);
}

export function notDecodable(detail) {
  return problem(['This browser cannot decode the stream', `${detail} Another browser may: Firefox and Safari play HEVC, for example.`]);
}

/** What an error event of mpegts.js means; null if playback goes on regardless. */
export function ofPlayer(type, detail, info, hadData) {
  if (type === 'NetworkError') {
    return detail === 'HttpStatusCodeInvalid' ? httpStatus(info.code) : connection(hadData);
  }
  if (detail === 'MediaMSEError') {
    return info.code === DOMException.NOT_SUPPORTED_ERR ? notDecodable(info.msg) : problem(['Playback failed', info.msg, true]);
  }
  if (String(info).startsWith('Non MPEG-TS/FLV')) {
    return problem(['This is not an FLV stream', 'The address answers with something else.']);
  }
  // The rest are packets that the demuxer cannot read, such as HDR metadata: it steps over them.
  return null;
}
