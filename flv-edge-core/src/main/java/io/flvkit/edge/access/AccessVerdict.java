package io.flvkit.edge.access;

/** What a rule says about a request. */
public sealed interface AccessVerdict {
  /** The request may go on. */
  AccessVerdict ALLOWED = new Allowed();

  /** The request is refused with 403. {@code reason} is for the log, never for the client. */
  static AccessVerdict denied(String rule, String reason) {
    return new Denied(rule, reason, 403);
  }

  /** The request may go on. */
  record Allowed() implements AccessVerdict {}

  /**
   * The request is refused.
   *
   * @param rule the rule that refused: {@code ip}, {@code referer}, {@code userAgent}, {@code
   *     token} or an embedder's own name
   * @param reason one word for the log and the counter; never told to the client
   * @param status the status of the answer, 400 to 499
   */
  record Denied(String rule, String reason, int status) implements AccessVerdict {
    public Denied {
      if (status < 400 || status > 499) {
        throw new IllegalArgumentException("a denial has a status of 400 to 499, not " + status);
      }
    }
  }
}
