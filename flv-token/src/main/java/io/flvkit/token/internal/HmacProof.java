package io.flvkit.token.internal;

/** HMAC-SHA256. */
final class HmacProof implements Proof {
  private static final int BYTES = 32;

  @Override
  public byte code() {
    return 'h';
  }

  @Override
  public String name() {
    return "HMAC-SHA256";
  }

  @Override
  public int bytes() {
    return BYTES;
  }

  @Override
  public Signing signing(Key key) {
    Hmac mac = Hmac.sha256(key.secret());
    return message -> {
      byte[] signature = new byte[BYTES];
      mac.compute(message, 0, message.length, signature);
      return signature;
    };
  }

  @Override
  public Checking checking(Key key) {
    Hmac mac = Hmac.sha256(key.secret());
    return (signed, count, workspace) -> {
      mac.compute(signed, 0, count, workspace.computed);
      System.arraycopy(signed, count, workspace.given, 0, BYTES);
      return Bytes.same(workspace.given, workspace.computed, BYTES);
    };
  }
}
