package io.flvkit.edge.http;

/** What an outlet tells the feed behind it. All calls come on the outlet's thread. */
public interface LiveFeed {
  /** Everything written so far has left; the outlet takes the next unit. */
  void onWritable();

  /** The client is gone. The feed writes nothing any more. */
  void onClosed();
}
