package io.flvkit.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Keys of every kind, and what differs between the schemes that take them. */
final class TestKeys {
  static final Secret PLAIN = Secret.parse("correct horse battery staple");
  static final Secret OTHER = Secret.parse("incorrect horse battery staple");
  static final Secret ED25519_PRIVATE =
      Secret.parse("hex:9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  static final KeyPair P256 = p256();

  private TestKeys() {}

  static KeyRing signing(Scheme scheme) {
    return KeyRing.of("k1", signingSecret(scheme));
  }

  static KeyRing verifying(Scheme scheme) {
    return KeyRing.of("k1", verifyingSecret(signingSecret(scheme), scheme));
  }

  private static Secret signingSecret(Scheme scheme) {
    return switch (scheme.name()) {
      case "flvkit-ed25519" -> ED25519_PRIVATE;
      case "akamai", "akamai-sha1", "akamai-md5" -> Secret.parse("52a152a152a152a152a152a152a1");
      default -> PLAIN;
    };
  }

  private static Secret verifyingSecret(Secret secret, Scheme scheme) {
    return scheme == Scheme.FLVKIT_ED25519 ? Secret.of(secret.ed25519PublicKey()) : secret;
  }

  static Secret pem(java.security.Key key) {
    String kind = key instanceof java.security.PrivateKey ? "PRIVATE KEY" : "PUBLIC KEY";
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(key.getEncoded());
    return Secret.parse("-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }

  static KeyPair p256() {
    return ec("secp256r1");
  }

  static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
