// The state beside the title and the message over the picture.

const NAMES = {
  idle: 'Stopped', connecting: 'Connecting', playing: 'Playing', buffering: 'Buffering',
  paused: 'Paused', retrying: 'Reconnecting', ended: 'Ended', failed: 'Failed',
};

const state = document.getElementById('state');
const message = document.getElementById('message');
const title = document.getElementById('message-title');
const hint = document.getElementById('message-hint');
let countdown = 0;

export function showState(name) {
  state.dataset.state = name;
  state.textContent = NAMES[name];
}

/** Shows `problem`, if any, over the picture, with the time until the next attempt. */
export function showMessage(name, problem, retryMillis, live) {
  clearInterval(countdown);
  message.hidden = !problem && name !== 'ended';
  if (!problem) {
    title.textContent = live ? 'The stream has ended' : 'The end';
    hint.textContent = 'Press Play to open it again.';
    return;
  }
  title.textContent = problem.title;
  hint.textContent = problem.hint;
  if (name === 'retrying') countDown(problem, performance.now() + retryMillis);
}

function countDown(problem, until) {
  const tick = () => {
    const seconds = Math.max(0, Math.ceil((until - performance.now()) / 1000));
    hint.textContent = `${problem.hint} Trying again ${seconds ? `in ${seconds} s` : 'now'}.`;
  };
  tick();
  countdown = setInterval(tick, 250);
}
