// The list of what happened, newest first, bounded.

const LINES_MAX = 200;

export class EventLog {
  constructor(list) {
    this.list = list;
  }

  /** Adds a line; `level` is `info`, `warning` or `error`. */
  add(text, level = 'info') {
    const line = document.createElement('li');
    const time = document.createElement('time');
    const words = document.createElement('span');
    time.textContent = new Date().toLocaleTimeString('en-GB');
    words.textContent = text;
    line.dataset.level = level;
    line.append(time, words);
    this.list.prepend(line);
    while (this.list.childElementCount > LINES_MAX) this.list.lastElementChild.remove();
  }
}
