// The numbers and small charts beside the picture.

import { Chart } from './chart.js';
import { clock } from './controls.js';

const CHARTS = { latency: [2, 2], buffer: [2, 2], bitrate: [0, 500], fps: [1, 30] };

export class Figures {
  constructor(meter) {
    this.meter = meter;
    this.charts = Object.fromEntries(Object.entries(CHARTS).map(([name, [digits, floor]]) =>
      [name, new Chart(document.querySelector(`[data-chart=${name}]`), digits, floor)]));
    this.clear();
  }

  clear() {
    for (const chart of Object.values(this.charts)) chart.clear();
    for (const cell of document.querySelectorAll('[data-fact]')) cell.textContent = '–';
  }

  /** Takes a sample of the meter and shows it. */
  update() {
    const sample = this.meter.sample();
    for (const [name, chart] of Object.entries(this.charts)) chart.add(sample[name]);
    const { startupMillis, stalls, stallMillis, decoded, dropped, watchedSeconds } = this.meter;
    fact('startup', startupMillis === null ? '–' : `${Math.round(startupMillis)} ms`);
    fact('stalls', stalls ? `${stalls} · ${(stallMillis / 1000).toFixed(1)} s` : '0');
    fact('decoded', decoded.toLocaleString('en'));
    fact('dropped', dropped.toLocaleString('en'));
    fact('watched', clock(watchedSeconds));
  }

  /** Shows what mpegts.js found in the stream. */
  media(info) {
    fact('video', info.hasVideo ? [info.videoCodec, `${info.width} × ${info.height}`, info.fps && `${round(info.fps)} fps`].filter(Boolean).join(' · ') : 'none');
    fact('audio', info.hasAudio ? [info.audioCodec, info.audioSampleRate && `${round(info.audioSampleRate / 1000)} kHz`, channels(info.audioChannelCount)].filter(Boolean).join(' · ') : 'none');
  }

  protocol(name) {
    fact('protocol', { 'http/1.1': 'HTTP/1.1', h2: 'HTTP/2', h3: 'HTTP/3' }[name] || name || '–');
  }
}

function fact(name, text) {
  const cell = document.querySelector(`[data-fact=${name}]`);
  if (cell.textContent !== text) cell.textContent = text;
}

const round = (number) => Math.round(number * 10) / 10;

const channels = (count) => ({ 1: 'mono', 2: 'stereo' }[count] || (count ? `${count} channels` : null));
