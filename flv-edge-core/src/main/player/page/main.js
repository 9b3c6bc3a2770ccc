// Wires the page: address and filters -> Session (mpegts.js) -> state, message, figures, log.

import { resolve, startFrom, tracksOf, withTracks } from './address.js';
import { Controls } from './controls.js';
import { EventLog } from './eventlog.js';
import { Figures } from './figures.js';
import { Meter } from './meter.js';
import { BAD_ADDRESS, NO_MEDIA_SOURCE, NO_PLAYER, otherServer } from './problem.js';
import { protocolOf } from './protocol.js';
import { Session } from './session.js';
import { showMessage, showState } from './status.js';

const SAMPLE_MILLIS = 500;

const video = document.getElementById('video');
const form = document.getElementById('source');
const address = document.getElementById('address');
const start = startFrom(location.search);
const log = new EventLog(document.getElementById('log'));
const meter = new Meter(video);
const figures = new Figures(meter);
const session = window.mpegts && new Session(video, window.mpegts, {
  state: entered,
  note: (text, level) => log.add(text, level),
  opening: () => meter.restart(),
  stamp: (wallClockMillis) => meter.stamp(wallClockMillis),
  media: described,
  speed: (kilobytes) => { meter.speedKilobytes = kilobytes; },
});
const controls = new Controls(video, { toggle, seek });
let sampling = 0;
let seekable = false;
let asked = null;

const kind = () => form.elements.kind.value;

function open() {
  const url = resolve(address.value, location.href);
  const problem = !window.mpegts ? NO_PLAYER
    : !window.mpegts.isSupported() ? NO_MEDIA_SOURCE
    : !url ? BAD_ADDRESS
    : url.host !== location.host ? otherServer(url.host) : null;
  session?.close();
  meter.reset();
  figures.clear();
  if (problem) {
    entered('failed', problem);
    return;
  }
  log.add(`Opening ${url.pathname}${url.search}`);
  session.open(url, kind() === 'live');
}

function toggle() {
  const state = session?.state;
  if (kind() === 'live' || !['playing', 'buffering', 'paused', 'ended'].includes(state)) {
    if (['connecting', 'playing', 'buffering', 'retrying'].includes(state)) session.close();
    else open();
  } else {
    session.pauseOrResume();
  }
}

function seek(seconds) {
  if (seekable || isBuffered(seconds)) video.currentTime = seconds;
  else log.add('This file has no keyframe index: only what is loaded can be sought', 'warning');
}

function isBuffered(seconds) {
  const { buffered } = video;
  return Array.from({ length: buffered.length }, (_, i) => i).some((i) => seconds >= buffered.start(i) && seconds < buffered.end(i));
}

function entered(state, problem = null, retryMillis = 0) {
  showState(state);
  showMessage(state, problem, retryMillis, kind() === 'live');
  controls.show(kind() === 'live', state);
  if (problem) log.add(`${problem.title}: ${problem.hint}`, state === 'failed' ? 'error' : 'warning');
  else if (state !== 'connecting') log.add({ idle: 'Stopped', playing: 'Playing', buffering: 'Buffering', paused: 'Paused', ended: 'Ended' }[state]);
  if (state === 'playing') showProtocol();
  const active = ['connecting', 'playing', 'buffering', 'retrying'].includes(state);
  clearInterval(sampling);
  if (active) sampling = setInterval(() => figures.update(), SAMPLE_MILLIS);
}

async function showProtocol() {
  const { url } = session;
  if (url === asked) return;
  asked = url;
  const name = await protocolOf(url);
  if (url === session.url) figures.protocol(name);
}

function described(info) {
  seekable = info.hasKeyframesIndex === true;
  figures.media(info);
  document.getElementById('sound-only').hidden = info.hasVideo !== false;
}

function chooseKind() {
  const live = kind() === 'live';
  form.elements.tracks.forEach((radio) => { radio.checked = radio.value === 'all'; });
  document.getElementById('filters').disabled = !live;
  address.value = start.presets[kind()];
}

form.addEventListener('submit', (event) => { event.preventDefault(); open(); });
document.getElementById('kinds').addEventListener('change', () => { chooseKind(); open(); });
document.getElementById('filters').addEventListener('change', () => {
  address.value = withTracks(address.value, form.elements.tracks.value);
  open();
});

form.elements.kind.value = start.kind;
chooseKind();
address.value = start.address;
form.elements.tracks.value = tracksOf(start.address);
if (window.mpegts) window.mpegts.LoggingControl.enableAll = false;
open();
