// A small line over the last minute. Gaps in the data are gaps in the line.

const POINTS = 120;

export class Chart {
  /** `box` is the article with its number and canvas; `digits` after the point; `floor` is the least full scale. */
  constructor(box, digits, floor) {
    this.number = box.querySelector('b');
    this.range = box.querySelector('small');
    this.canvas = box.querySelector('canvas');
    this.digits = digits;
    this.floor = floor;
    this.values = [];
  }

  clear() {
    this.values = [];
    this.show(null);
  }

  /** Adds a value, null if there is none at the moment. */
  add(value) {
    this.values.push(value);
    if (this.values.length > POINTS) this.values.shift();
    this.show(value);
  }

  show(value) {
    this.number.textContent = value === null ? '–' : this.words(value);
    const present = this.values.filter((each) => each !== null);
    this.range.textContent = present.length > 1 ? `${this.words(Math.min(...present))} – ${this.words(Math.max(...present))}` : '';
    this.draw();
  }

  words(value) {
    return value.toFixed(this.digits);
  }

  draw() {
    const { canvas, values } = this;
    const density = window.devicePixelRatio || 1;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
    const pen = canvas.getContext('2d');
    pen.scale(density, density);
    const top = Math.max(this.floor, ...values.map((value) => value ?? 0)) * 1.15;
    const x = (index) => width - (values.length - 1 - index) * (width / (POINTS - 1));
    const y = (value) => height - 1 - (value / top) * (height - 4);
    const color = getComputedStyle(canvas).getPropertyValue('--accent');
    for (const [from, to] of runs(values)) {
      pen.beginPath();
      for (let i = from; i <= to; i++) pen.lineTo(x(i), y(values[i]));
      pen.lineWidth = 1.75;
      pen.lineJoin = 'round';
      pen.strokeStyle = color;
      pen.stroke();
      pen.lineTo(x(to), height);
      pen.lineTo(x(from), height);
      pen.globalAlpha = 0.14;
      pen.fillStyle = color;
      pen.fill();
      pen.globalAlpha = 1;
    }
  }
}

/** The stretches [first, last] of `values` without null. */
function runs(values) {
  const found = [];
  let from = -1;
  for (let i = 0; i <= values.length; i++) {
    const present = i < values.length && values[i] !== null;
    if (present && from < 0) from = i;
    if (!present && from >= 0) {
      found.push([from, i - 1]);
      from = -1;
    }
  }
  return found;
}
