package io.flvkit.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.junit.jupiter.api.Test;

class TlsIdentityTest {
  private final TlsIdentity elliptic = SelfSigned.of("edge.test", "*.Live.Test");

  private static TlsIdentity rsa() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return SelfSigned.of(generator.generateKeyPair(), "SHA256withRSA", "rsa.test");
  }

  @Test
  void reads_keys_of_every_form_that_openssl_writes() throws Exception {
    for (TlsIdentity identity : new TlsIdentity[] {elliptic, rsa()}) {
      String chain = SelfSigned.pem(identity.chain().get(0));
      String old = SelfSigned.pem(identity.key()); // PKCS #1 or SEC 1
      String pkcs8 = SelfSigned.pem(new JcaPKCS8Generator(identity.key(), null));

      assertThat(old).contains(" PRIVATE KEY").isNotEqualTo(pkcs8);
      // That the key belongs to the certificate is checked by the identity itself.
      assertThat(TlsIdentity.ofPem(chain, old).chain()).isEqualTo(identity.chain());
      assertThat(TlsIdentity.ofPem(chain, pkcs8).chain()).isEqualTo(identity.chain());
    }
  }

  @Test
  void knows_the_names_of_its_certificate() {
    assertThat(elliptic.names()).containsExactly("edge.test", "*.live.test");
  }

  @Test
  void refuses_a_key_of_another_certificate() throws GeneralSecurityException {
    TlsIdentity other = SelfSigned.of("other.test");
    TlsIdentity rsa = rsa();

    assertThatThrownBy(() -> new TlsIdentity(elliptic.chain(), other.key()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("key: does not belong to the certificate");
    assertThatThrownBy(() -> new TlsIdentity(elliptic.chain(), rsa.key()))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void refuses_what_is_no_pem_without_repeating_it() {
    String chain = SelfSigned.pem(elliptic.chain().get(0));

    assertThatThrownBy(() -> TlsIdentity.ofPem("hidden", "hidden"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hidden");
    assertThatThrownBy(() -> TlsIdentity.ofPem(chain, chain))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("private key");
  }

  @Test
  void shows_no_key() {
    assertThat(elliptic.toString()).isEqualTo("TlsIdentity[CN=edge.test]");
  }
}
