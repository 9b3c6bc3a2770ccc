package io.flvkit.edge.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  private final Redaction redaction = new Redaction(Set.of("md5", "expires"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          none                           | none
          md5=s3cr3t&expires=1           | none
          only_audio=1                   | only_audio=1
          only_audio=1&md5=s3cr3t&x=y    | only_audio=1&x=y
          md5=s3cr3t&a=b&md5=s3cr3t      | a=b
          %6dd5=s3cr3t&a=%zz             | a=%zz
          m%64%35=s3cr3t                 | none
          MD5=s3cr3t&Md5=s3cr3t          | none
          md5                            | none
          md5s=1&xmd5=2                  | md5s=1&xmd5=2
          a=b&&c                         | a=b&&c
          """)
  void a_query_loses_its_secrets_and_nothing_else(String query, String kept) {
    assertThat(redaction.query(query)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          none                                    | none
          https://example.com/                    | https://example.com/
          https://example.com/p?md5=s3cr3t        | https://example.com/p
          https://example.com/p?a=b&md5=s3cr3t#x  | https://example.com/p?a=b
          https://example.com/p#md5=s3cr3t        | https://example.com/p
          """)
  void a_referer_loses_them_too(String referer, String kept) {
    assertThat(redaction.url(referer)).isEqualTo(kept);
  }

  @Test
  void without_secrets_a_query_stays_as_it_is() {
    assertThat(new Redaction(Set.of()).query("md5=x&expires=1")).isEqualTo("md5=x&expires=1");
  }
}
