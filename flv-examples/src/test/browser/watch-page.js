// Runs in the browser: plays one address with one player, keeps count, and answers `report()`.
'use strict';

const START_MILLIS = 1000;
const options = JSON.parse(new URLSearchParams(location.search).get('options'));
const box = document.getElementById('box');
const seen = { errors: [], failed: false, stalls: 0, stalledMillis: 0, waitingSince: null, playingAt: null, startedAt: performance.now(), seek: null, stampDelays: [] };
let video = null;

function error(what, fatal = true) {
  seen.failed ||= fatal;
  if (seen.errors.length < 20 && !seen.errors.includes(what)) seen.errors.push(what);
}

/** xgplayer begins with whatever it has, so one that joined just behind a keyframe may pause once before it runs. */
function hasStarted() {
  return seen.playingAt !== null && performance.now() - seen.playingAt > START_MILLIS;
}

function observe(element) {
  video = element;
  video.addEventListener('playing', () => {
    seen.playingAt ??= performance.now();
    if (seen.waitingSince !== null) seen.stalledMillis += performance.now() - seen.waitingSince;
    seen.waitingSince = null;
  });
  video.addEventListener('waiting', () => {
    if (!hasStarted() || seen.seek || video.seeking || video.ended) return;
    seen.stalls++;
    seen.waitingSince ??= performance.now();
  });
  video.addEventListener('error', () => error(`video ${video.error?.code} ${video.error?.message}`));
  const frame = (now, { mediaTime }) => {
    if (seen.seek && seen.seek.mediaTime === null && Math.abs(mediaTime - seen.seek.target) < 3) seen.seek.mediaTime = mediaTime;
    video.requestVideoFrameCallback(frame);
  };
  video.requestVideoFrameCallback(frame);
}

/** mpegts.js and flv.js, which share their interface. */
function playWith(library) {
  const element = document.createElement('video');
  element.muted = true;
  box.append(element);
  observe(element);
  library.LoggingControl.enableAll = false;
  const player = library.createPlayer({ type: 'flv', isLive: options.live, url: options.url, cors: true }, options.live ? { enableStashBuffer: false } : {});
  player.on(library.Events.ERROR, (type, detail, info) => error(`player ${type} ${detail} ${info?.code ?? ''} ${info?.msg ?? info ?? ''}`, detail !== 'FormatError'));
  if (library.Events.SCRIPTDATA_ARRIVED) {
    player.on(library.Events.SCRIPTDATA_ARRIVED, (data) => {
      const stamp = data.onStamp?.wallClockMillis;
      if (typeof stamp === 'number' && seen.stampDelays.length < 1000) seen.stampDelays.push(Date.now() - stamp);
    });
  }
  player.attachMediaElement(element);
  player.load();
  playWhenAhead(element);
}

/** Firefox reports a decoding error when live HEVC runs dry, from whatever server: there the viewer keeps further behind. */
function playWhenAhead(element) {
  const aheadSeconds = !options.live ? 0 : /Firefox/.test(navigator.userAgent) ? 1.5 : 0.5;
  const timer = setInterval(() => {
    const { buffered } = element;
    if (!buffered.length || buffered.end(0) - buffered.start(0) < aheadSeconds) return;
    clearInterval(timer);
    element.play().catch((e) => error(`play ${e.message}`));
  }, 30);
}

function playWithXgplayer() {
  const player = new window.Player({
    el: box, url: options.url, isLive: options.live, autoplay: true, autoplayMuted: true, plugins: [window.FlvPlayer], flv: {}, width: 640, height: 360,
  });
  observe(player.media || box.querySelector('video'));
  player.on('error', (e) => error(`player ${e?.message || e?.errorType || e}`));
}

window.seekTo = (seconds) => {
  seen.seek = { target: seconds, mediaTime: null };
  video.currentTime = seconds;
};

window.report = () => {
  const quality = video.getVideoPlaybackQuality();
  const end = video.buffered.length ? video.buffered.end(video.buffered.length - 1) : 0;
  return {
    playing: seen.playingAt !== null,
    startupMillis: seen.playingAt === null ? -1 : Math.round(seen.playingAt - seen.startedAt),
    currentMillis: Math.round(video.currentTime * 1000),
    bufferMillis: Math.round((end - video.currentTime) * 1000),
    durationMillis: Number.isFinite(video.duration) ? Math.round(video.duration * 1000) : -1,
    decodedFrames: quality.totalVideoFrames,
    droppedFrames: quality.droppedVideoFrames,
    // Firefox does not count the bytes of decoded sound; there the element knows whether it has any.
    audioBytes: video.webkitAudioDecodedByteCount ?? (video.mozHasAudio ? 1 : 0),
    width: video.videoWidth,
    stalls: seen.stalls,
    stalledMillis: Math.round(seen.stalledMillis),
    ended: video.ended,
    seekMillis: seen.seek?.mediaTime == null ? -1 : Math.round(seen.seek.mediaTime * 1000),
    stamps: seen.stampDelays.length,
    failed: seen.failed,
    errors: seen.errors,
  };
};

try {
  if (options.player === 'xgplayer') playWithXgplayer();
  else playWith(options.player === 'flvjs' ? window.flvjs : window.mpegts);
} catch (e) {
  error(`start ${e.stack}`);
}
