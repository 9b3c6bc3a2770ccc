// Which stream the page plays: the two presets, ?url= of the page, and the track filters of a live address.

const FILTERS = ['only_audio', 'only_video'];

/** Reads the page's own query: `live` and `vod` replace the presets, `url` is played first, `kind` says what `url` is. */
export function startFrom(search) {
  const query = new URLSearchParams(search);
  const presets = { live: query.get('live') || '/live/demo.flv', vod: query.get('vod') || '/vod/demo.flv' };
  const url = query.get('url');
  if (!url) return { presets, kind: 'live', address: presets.live };
  const kind = query.get('kind') || (url === presets.vod || /\/vod\//.test(url) ? 'vod' : 'live');
  return { presets, kind: kind === 'vod' ? 'vod' : 'live', address: url };
}

/** The absolute URL of what stands in the address field; null if it is none that this page may play. */
export function resolve(address, base) {
  let url;
  try {
    url = new URL(address.trim(), base);
  } catch {
    return null;
  }
  return /^https?:$/.test(url.protocol) ? url : null;
}

/** The track filter named in an address: `all`, `only_audio` or `only_video`. */
export function tracksOf(address) {
  return FILTERS.find((name) => new RegExp(`[?&]${name}=(1|true)(&|$)`).test(address)) || 'all';
}

/** The same address with another track filter; all other parameters stay as they are, byte for byte: they may be signed. */
export function withTracks(address, tracks) {
  const [path, query = ''] = splitOnce(address, '?');
  const others = query.split('&').filter((part) => part && !FILTERS.includes(part.split('=')[0]));
  if (tracks !== 'all') others.push(`${tracks}=1`);
  return others.length ? `${path}?${others.join('&')}` : path;
}

function splitOnce(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
