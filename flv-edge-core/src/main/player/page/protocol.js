// Which HTTP version carries the stream.

/**
 * The browser tells the protocol of a response only when it has ended, and a live one does not end. So the same address is
 * asked for its head: the answer comes over the connection, or at least the protocol, that the stream uses.
 */
export async function protocolOf(url) {
  const known = lastEntry(url);
  if (known) return known;
  try {
    await fetch(url, { method: 'HEAD', cache: 'no-store', referrerPolicy: 'same-origin' });
  } catch {
    return null; // The stream's own error says why.
  }
  return lastEntry(url) || soon(() => lastEntry(url));
}

function lastEntry(url) {
  return performance.getEntriesByName(url.href, 'resource').at(-1)?.nextHopProtocol || null;
}

/** The entry appears a moment after the answer. */
async function soon(look) {
  for (let turn = 0; turn < 20; turn++) {
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    const found = look();
    if (found) return found;
  }
  return null;
}
