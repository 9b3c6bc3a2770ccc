// The bar below the picture: play, position, sound, full screen.

export class Controls {
  /** `on` hears: toggle(), seek(seconds) which returns whether the position can be reached. */
  constructor(video, on) {
    this.video = video;
    this.toggle = document.getElementById('toggle');
    this.position = document.getElementById('seek');
    this.time = document.getElementById('time');
    this.live = true;
    this.dragging = false;
    this.toggle.addEventListener('click', () => on.toggle());
    this.position.addEventListener('input', () => { this.dragging = true; this.showTime(Number(this.position.value)); });
    this.position.addEventListener('change', () => { this.dragging = false; on.seek(Number(this.position.value)); });
    video.addEventListener('timeupdate', () => this.follow());
    video.addEventListener('durationchange', () => this.follow());
    this.soundButton(document.getElementById('mute'));
    const full = document.getElementById('full');
    full.addEventListener('click', () => (document.fullscreenElement ? document.exitFullscreen() : document.getElementById('stage').requestFullscreen()));
  }

  soundButton(button) {
    button.addEventListener('click', () => { this.video.muted = !this.video.muted; });
    this.video.addEventListener('volumechange', () => {
      const on = !this.video.muted;
      button.toggleAttribute('data-on', on);
      button.setAttribute('aria-pressed', String(on));
    });
  }

  show(live, state) {
    this.live = live;
    const running = ['connecting', 'playing', 'buffering', 'retrying'].includes(state);
    if (running) this.toggle.dataset.on = live ? 'stop' : 'pause';
    else delete this.toggle.dataset.on;
    this.toggle.setAttribute('aria-label', running ? (live ? 'Stop' : 'Pause') : 'Play');
    this.follow();
  }

  follow() {
    const { video, position } = this;
    const seekable = !this.live && Number.isFinite(video.duration) && video.duration > 0;
    position.disabled = !seekable;
    if (!seekable) {
      this.time.textContent = this.live ? 'live' : clock(0);
      return;
    }
    position.max = video.duration;
    if (this.dragging) return;
    position.value = video.currentTime;
    this.showTime(video.currentTime);
  }

  showTime(seconds) {
    const text = `${clock(seconds)} / ${clock(this.video.duration)}`;
    this.time.textContent = text;
    this.position.setAttribute('aria-valuetext', text);
  }
}

/** 75 is `1:15`, 3675 is `1:01:15`. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours, minutes, rest] = parts;
  const two = (number) => String(number).padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
