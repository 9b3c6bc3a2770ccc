// One stream from Play to Stop: opens it with mpegts.js, says how it goes, and reconnects with growing pauses.

import { NOTHING_DECODED, ofPlayer } from './problem.js';

const RETRIES_MAX = 12;
const RETRY_MILLIS = [500, 1000, 2000, 4000, 8000];
const PATIENCE_MILLIS = 9000;
// A viewer who joins just behind a keyframe has almost nothing: playing at once would stall at once.
const START_BUFFER_SECONDS = 0.4;
const START_WAIT_MILLIS = 1500;
const START_LOOK_MILLIS = 30;

const LIVE = {
  isLive: true, enableStashBuffer: false, lazyLoad: false,
  liveSync: true, liveSyncMaxLatency: 1.5, liveSyncTargetLatency: 0.9, liveSyncPlaybackRate: 1.2,
  // After a pause of the tab the rest is a jump, not a race.
  liveBufferLatencyChasing: true, liveBufferLatencyMaxLatency: 6, liveBufferLatencyMinRemain: 1,
  autoCleanupSourceBuffer: true, autoCleanupMaxBackwardDuration: 60, autoCleanupMinBackwardDuration: 30,
};

export class Session {
  /**
   * `on` hears: state(name, problem, retryMillis), note(text, level), opening(), stamp(wallClockMillis), media(info), speed(kilobytes).
   * Names of states: idle, connecting, playing, buffering, paused, retrying, ended, failed.
   */
  constructor(video, mpegts, on) {
    this.video = video;
    this.mpegts = mpegts;
    this.on = on;
    this.player = null;
    this.state = 'idle';
    this.timer = 0;
    this.starter = 0;
    video.addEventListener('playing', () => this.progressed());
    video.addEventListener('waiting', () => this.starved());
    video.addEventListener('pause', () => this.player && !this.live && !video.ended && this.enter('paused'));
    video.addEventListener('ended', () => this.player && this.finished());
  }

  /** Plays `url` from its beginning or, if `live`, from now. */
  open(url, live) {
    this.url = url;
    this.live = live;
    this.attempts = 0;
    this.seen = new Set();
    this.connect();
  }

  /** Ends the connection and forgets the stream. */
  close() {
    this.drop();
    this.enter('idle');
  }

  /** What a press on the play button of a file does. */
  pauseOrResume() {
    if (this.video.paused) this.play();
    else this.video.pause();
  }

  connect() {
    this.drop();
    this.hadData = false;
    this.complete = false;
    this.on.opening();
    this.enter('connecting');
    const source = { type: 'flv', isLive: this.live, url: this.url.href, cors: true, referrerPolicy: 'same-origin' };
    const player = this.mpegts.createPlayer(source, this.live ? LIVE : { autoCleanupSourceBuffer: true });
    const { Events } = this.mpegts;
    player.on(Events.ERROR, (type, detail, info) => this.failed(player, ofPlayer(type, detail, info, this.hadData), detail, info));
    player.on(Events.LOADING_COMPLETE, () => this.loaded());
    player.on(Events.MEDIA_INFO, (info) => { this.hadData = true; this.on.media(info); });
    player.on(Events.SCRIPTDATA_ARRIVED, (data) => this.script(data));
    player.on(Events.STATISTICS_INFO, (figures) => this.on.speed(figures.speed || 0));
    player.attachMediaElement(this.video);
    player.load();
    this.player = player;
    this.timer = setTimeout(() => this.state === 'connecting' && this.enter('connecting', NOTHING_DECODED), PATIENCE_MILLIS);
    if (this.live) this.playWhenBuffered();
    else this.play();
  }

  playWhenBuffered() {
    let latest = Infinity;
    this.starter = setInterval(() => {
      const { buffered } = this.video;
      if (!buffered.length) return;
      latest = Math.min(latest, performance.now() + START_WAIT_MILLIS);
      if (buffered.end(0) - buffered.start(0) < START_BUFFER_SECONDS && !this.complete && performance.now() < latest) return;
      clearInterval(this.starter);
      this.play();
    }, START_LOOK_MILLIS);
  }

  play() {
    // A refusal to play with sound is the browser's policy; an abort is a newer load().
    this.video.play().catch((error) => error.name === 'NotAllowedError' && this.enter('paused'));
  }

  drop() {
    clearTimeout(this.timer);
    clearInterval(this.starter);
    const { player } = this;
    this.player = null;
    player?.destroy();
    this.video.playbackRate = 1;
  }

  progressed() {
    if (!this.player || this.state === 'retrying') return;
    this.attempts = 0;
    this.enter('playing');
  }

  starved() {
    if (!this.player || this.state !== 'playing') return;
    if (this.complete && this.live) this.finished();
    else this.enter('buffering');
  }

  script(data) {
    this.hadData = true;
    const stamp = data.onStamp?.wallClockMillis;
    if (typeof stamp === 'number') this.on.stamp(stamp);
  }

  loaded() {
    this.complete = true;
    if (this.live) this.on.note('The server ended the stream');
    if (this.live && this.state !== 'playing') this.finished();
  }

  finished() {
    this.enter('ended');
  }

  failed(player, problem, detail, info) {
    // mpegts.js is still busy with the error when it reports it: it must not be destroyed from in here.
    if (problem) setTimeout(() => player === this.player && this.giveUpOrRetry(problem));
    else this.noteOnce(`Skipped what the player cannot read: ${info?.msg || info || detail}`);
  }

  noteOnce(text) {
    if (this.seen.has(text) || this.seen.size > 20) return;
    this.seen.add(text);
    this.on.note(text, 'warning');
  }

  giveUpOrRetry(problem) {
    if (this.state === 'retrying' || this.state === 'failed') return;
    clearTimeout(this.timer);
    if (!problem.retry || this.attempts >= RETRIES_MAX) {
      this.drop();
      this.enter('failed', problem);
      return;
    }
    const pause = RETRY_MILLIS[Math.min(this.attempts++, RETRY_MILLIS.length - 1)] * (0.8 + 0.4 * Math.random());
    this.enter('retrying', problem, pause);
    this.timer = setTimeout(() => this.connect(), pause);
  }

  enter(state, problem = null, retryMillis = 0) {
    if (state === this.state && !problem) return;
    this.state = state;
    this.on.state(state, problem, retryMillis);
  }
}
