// Turns what the browser counts into the figures of the page. Sampled twice a second; times are performance.now() values.

const WINDOW_MILLIS = 3000;
/** Stamps of the opening burst tell how old the burst is, not how long the way takes. */
const SETTLING_MILLIS = 700;

export class Meter {
  constructor(video) {
    this.video = video;
    this.stalledSince = null;
    video.addEventListener('playing', () => this.playing());
    video.addEventListener('waiting', () => this.waiting());
    this.reset();
  }

  /** A new stream: every count starts anew. */
  reset() {
    this.stalledSince = null;
    this.startupMillis = null;
    this.stalls = 0;
    this.stallMillis = 0;
    this.decoded = 0;
    this.dropped = 0;
    this.watchedSeconds = 0;
    this.restart();
  }

  /** The same stream over a new connection: the browser's counters start anew, ours go on. */
  restart() {
    this.endStall();
    this.openedAt = performance.now();
    this.firstStampAt = null;
    this.wayMillis = null;
    this.speedKilobytes = 0;
    this.played = false;
    this.samples = [];
    this.last = { decoded: 0, dropped: 0, time: null };
  }

  playing() {
    const now = performance.now();
    this.played = true;
    if (this.startupMillis === null) this.startupMillis = now - this.openedAt;
    this.endStall();
  }

  endStall() {
    if (this.stalledSince !== null) this.stallMillis += performance.now() - this.stalledSince;
    this.stalledSince = null;
  }

  waiting() {
    if (!this.played || this.video.seeking || this.video.ended || this.stalledSince !== null) return;
    this.stalls++;
    this.stalledSince = performance.now();
  }

  /** A wall-clock stamp of the origin, milliseconds since 1970, has just arrived. */
  stamp(wallClockMillis) {
    const now = performance.now();
    if (this.firstStampAt === null) this.firstStampAt = now;
    if (now - this.firstStampAt >= SETTLING_MILLIS) this.wayMillis = Date.now() - wallClockMillis;
  }

  /** Takes one sample and returns the figures; null where there is none. */
  sample() {
    const buffer = this.bufferSeconds();
    this.count();
    const oldest = this.samples[0];
    const newest = this.samples[this.samples.length - 1];
    const seconds = (newest.at - oldest.at) / 1000;
    const moving = seconds >= 0.9 && !this.video.paused;
    return {
      latency: this.wayMillis === null || buffer === null ? null : Math.max(0, this.wayMillis / 1000 + buffer),
      buffer,
      fps: moving && this.video.videoWidth ? Math.max(0, newest.shown - oldest.shown) / seconds : null,
      bitrate: moving ? this.bitrateKilobits(oldest, newest) : null,
    };
  }

  /** Seconds of media ahead of the picture, without holes. */
  bufferSeconds() {
    const { buffered, currentTime } = this.video;
    for (let i = 0; i < buffered.length; i++) {
      if (currentTime >= buffered.start(i) - 0.2 && currentTime <= buffered.end(i)) return buffered.end(i) - currentTime;
    }
    return null;
  }

  count() {
    const { video, last } = this;
    const quality = video.getVideoPlaybackQuality();
    const decoded = Math.max(0, quality.totalVideoFrames - last.decoded);
    const dropped = Math.max(0, quality.droppedVideoFrames - last.dropped);
    const step = last.time === null ? 0 : video.currentTime - last.time;
    this.decoded += decoded;
    this.dropped += dropped;
    if (step > 0 && step < 5) this.watchedSeconds += step;
    this.last = { decoded: quality.totalVideoFrames, dropped: quality.droppedVideoFrames, time: video.currentTime };
    const at = performance.now();
    this.samples.push({ at, shown: this.decoded - this.dropped, watched: this.watchedSeconds, bytes: decodedBytes(video) });
    while (this.samples.length > 2 && at - this.samples[0].at > WINDOW_MILLIS) this.samples.shift();
  }

  /** Of the media itself where the browser counts what it decodes, else of the network. */
  bitrateKilobits(oldest, newest) {
    if (newest.bytes === null) return this.speedKilobytes * 8.192;
    const seconds = newest.watched - oldest.watched;
    return seconds > 0.5 ? Math.max(0, newest.bytes - oldest.bytes) * 8 / 1000 / seconds : null;
  }
}

function decodedBytes(video) {
  return 'webkitVideoDecodedByteCount' in video ? video.webkitVideoDecodedByteCount + video.webkitAudioDecodedByteCount : null;
}
