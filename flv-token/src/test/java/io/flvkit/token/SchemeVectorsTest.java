package io.flvkit.token;

import static io.flvkit.token.LinkFormula.Digits.BASE64URL;
import static io.flvkit.token.LinkFormula.Digits.BASE64URL_NGINX;
import static io.flvkit.token.LinkFormula.Digits.HEX;
import static io.flvkit.token.LinkFormula.Hash.HMAC_SHA_1;
import static io.flvkit.token.LinkFormula.Hash.HMAC_SHA_256;
import static io.flvkit.token.LinkFormula.Hash.MD5;
import static io.flvkit.token.LinkFormula.Hash.SHA_256;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The known answers that vendors publish, or that were computed with their own code. */
class SchemeVectorsTest {

  /** Scheme, key, path, moment in the link (Unix), further fields, the whole link. */
  @ParameterizedTest
  @CsvSource({
    "tencent-live, e12c46f2612d5106e2034781ab261ca3, /live/test.flv, 1546064025, '',"
        + " /live/test.flv?txSecret=f85a2ab363fe4deaffef9754d79da6fe&txTime=5C271099",
    "tencent-live-sha256, e12c46f2612d5106e2034781ab261ca3, /live/test.flv, 1546064025, '',"
        + " /live/test.flv?txSecret=2fe51d13bff48deaddd7e4e086265e69d5a04a64db9a2cbc737bd585c472fd07&txTime=5C271099",
    "tencent-cdn-a, dimtm5evg50ijsx2hvuwyfoiu65, /test.jpg, 1582791032, rand=im1acp76sx9sdqe601v,"
        + " /test.jpg?sign=1582791032-im1acp76sx9sdqe601v-0-3fbb88382c9356b6faaf9d68c7b2ae3a",
    "tencent-cdn-a, DvYmqE81E1F9R791H6lmht, /foo.jpg, 1721028437, rand=Kv4cPTAAP5YTi,"
        + " /foo.jpg?sign=1721028437-Kv4cPTAAP5YTi-0-0fbdca749d7ab784750685347e42075c",
    "tencent-cdn-b, DvYmqE81E1F9R791H6lmht, /foo.jpg, 1721028780, '',"
        + " /202407151533/d1f0b51c6894231fc12e054fcc7f0b3e/foo.jpg",
    "tencent-cdn-c, DvYmqE81E1F9R791H6lmht, /foo.jpg, 1721029386, '',"
        + " /6688749e8906a726c12fe1be3aacd016/6694d30a/foo.jpg",
    "tencent-cdn-d, DvYmqE81E1F9R791H6lmht, /foo.jpg, 1721029907, '',"
        + " /foo.jpg?sign=cadcec4a04e67b9c2abf4b61c642a0dd&t=1721029907",
    "alibaba-a, aliyuncdnexp1234, /video/standard/1K.html, 1444435200, '',"
        + " /video/standard/1K.html?auth_key=1444435200-0-0-80cd3862d699b7118eed99103f2a3a4f",
    "alibaba-a, aliyuncdnexp1234, /live/stream1.flv, 1893456000, '',"
        + " /live/stream1.flv?auth_key=1893456000-0-0-e5799056055d69c099de44290bb4f84b",
    "alibaba-a, cdnw, /browse/index.html, 1715916795, rand=7asdD6JEYMpCzX,"
        + " /browse/index.html?auth_key=1715916795-7asdD6JEYMpCzX-0-2a59386824bd900252600160f446c227",
    "alibaba-b, aliyuncdnexp1234, /4/44/44c0909bcfc20a01afaf256ca99a8b8b.mp3, 1439596800, '',"
        + " /201508150800/9044548ef1527deadafa49a890a377f0/4/44/44c0909bcfc20a01afaf256ca99a8b8b.mp3",
    "alibaba-c, aliyuncdnexp1234, /test.flv, 1439596800, '',"
        + " /a37fa50a5fb8f71214b1e7c95ec7a1bd/55CE8100/test.flv",
    "volcengine, A1B2C3d4e5f6, /live/livestream.flv, 1653632422, '',"
        + " /live/livestream.flv?volcSecret=e5bb77201cbaa2f9ccdd316fcda4c212&volcTime=1653632422",
    "qiniu, 12345678, /DIR1/dir2/vodfile.mp4, 1438358400, '',"
        + " /DIR1/dir2/vodfile.mp4?sign=19eb212771e87cc3d478b9f32d6c7bf9&t=55bb9b80",
    "keycdn, securetokenkey, /path/to/file1.jpg, 1893456000, '',"
        + " /path/to/file1.jpg?token=q-WgpqFb9l7AnDSAwwKgow&expire=1893456000",
    "gcore-video, MySecr3tStr1ng, /videos/279481_1053391/qid2920v1_h264_4050_1080_1.mp4, 1743167062, '',"
        + " /videos/279481_1053391/qid2920v1_h264_4050_1080_1.mp4?md5=QX39c77lbQKvYgMMAvpyMQ&expires=1743167062",
    "gcore-video, MySecr3tStr1ng, /videos/279481_1053391/qid2920v1_h264_4050_1080_1.mp4, 1743167062, speed=1000k,"
        + " /videos/279481_1053391/qid2920v1_h264_4050_1080_1.mp4?md5=UcB_lMku9m-MtxIEos_V-w&expires=1743167062&speed=1000k",
    "gcore-video, MySecr3tStr1ng, /videos/279481_1053391/qid2920v1_h264_4050_1080_1.mp4, 1743167062, speed=1000k buffer=2000k,"
        + " /videos/279481_1053391/qid2920v1_h264_4050_1080_1.mp4?md5=yGa6cK0jM4YvwaSUEPvwMA&expires=1743167062&speed=1000k&buffer=2000k",
    "gcore-video, MySecr3tStr1ng, /videos/279481_1053391/qid2920v1_h264_4050_1080_1.mp4, 1743167062, ip=1.2.3.4,"
        + " /videos/279481_1053391/qid2920v1_h264_4050_1080_1.mp4?md5=SZMnuXQv-81sVqslGtXwlA&expires=1743167062",
    "gcore-video, MySecr3tStr1ng, /videos/279481_1053391/qid2920v1_h264_4050_1080_1.mp4, 1743167062, ip=1.2.3.4 speed=1000k,"
        + " /videos/279481_1053391/qid2920v1_h264_4050_1080_1.mp4?md5=fhhV7JWE7c1HGjD7Vu5XsA&expires=1743167062&speed=1000k",
    "gcore-video, MySecr3tStr1ng, /videos/279481_1053391/qid2920v1_h264_4050_1080_1.mp4, 1743167062, ip=1.2.3.4 speed=1000k buffer=2000k,"
        + " /videos/279481_1053391/qid2920v1_h264_4050_1080_1.mp4?md5=by-olfoRZ3-Nntli7_2Ecw&expires=1743167062&speed=1000k&buffer=2000k",
    "bunny, SecurityKey, /300kb.jpg, 1598024587, '',"
        + " /300kb.jpg?token=HS256-o10JRWlsAItyAsdKS6jJKjabHN4FrFsplDHPV1idcX4&expires=1598024587",
    "bunny, SecurityKey, /abc/300kb.jpg, 1598024587, token_path=/abc,"
        + " /abc/300kb.jpg?token_path=%2Fabc&token=HS256-uVZvT3SbEoVKYJyDJgbcsDmSFf73cv-uNUVaJiKWpbQ&expires=1598024587",
    "bunny, SecurityKey, /300kb.jpg, 1598024587, token_ignore_params=true,"
        + " /300kb.jpg?token_ignore_params=true&token=HS256-1lwWBD_c1IAGSj1UKPoxreu8ePDQ-Z9FoWLcRn_RRH0&expires=1598024587",
    "bunny, SecurityKey, /300kb.jpg, 1598024587, limit=1000,"
        + " /300kb.jpg?limit=1000&token=HS256-DAVapqNNED3Z7JkjRTYX0UOIHNtbHEuuhRNEc4A7mMQ&expires=1598024587",
    "bunny, SecurityKey, /300kb.jpg, 1598024587, ip=1.2.3.4,"
        + " /300kb.jpg?token=HS256-1-L2rISTLcujMY9UFf2tbZ41d5i-Bme1g1oTK_Z2QMLJk&expires=1598024587",
    "bunny, SecurityKey, /300kb.jpg, 1598024587, ip=2001:0db8:85a3:0000:0000:8a2e:0370:7334,"
        + " /300kb.jpg?token=HS256-1-Z1BaGdhTZdU4iANcyKpurFR2VgCNdqC6hlBv5x_TyaI&expires=1598024587",
    "bunny, SecurityKey, /abc/, 1598024587, ip=1.2.3.4 limit=5000,"
        + " /abc/?limit=5000&token=HS256-1-X01Z6A9xAo1_ds1XFf9y8gAIzk_JpmoevOx7EtgMQhY&expires=1598024587",
    "bunny, SecurityKey, /abc/300kb.jpg, 1598024587, ip=1.2.3.4 token_path=/abc,"
        + " /abc/300kb.jpg?token_path=%2Fabc&token=HS256-1-wag9tC0r1QWfg-2eMj5QcdzgPLCIdQb-D0WVU1Mhg2w&expires=1598024587",
    "bunny, SecurityKey, /300kb.jpg, 1598024587, ip=1.2.3.4 token_ignore_params=true,"
        + " /300kb.jpg?token_ignore_params=true&token=HS256-1-rWalmQRJ-A_qrb08-JoeU3b-gOS5mJiJjPOfDWa0gsQ&expires=1598024587",
    "akamai, 52a152a152a152a152a152a152a1, /live/stream1.flv, 1700000300, st=1700000000,"
        + " /live/stream1.flv?__token__=st=1700000000~exp=1700000300~hmac=ab7311b6b1d38fcf9c89d8356672a4790b6b137708022c4094b34ed3ee20f13d",
    "akamai, 52a152a152a152a152a152a152a1, /live/stream1.flv, 1700000300, st=1700000000 acl=/live/*,"
        + " /live/stream1.flv?__token__=st=1700000000~exp=1700000300~acl=/live/*~hmac=6942fab52a1fb3ad95acd2c22161f8b05a8e3ff317ad188ef92157e5253f4550",
    "akamai, 52a152a152a152a152a152a152a1, /live/stream1.flv, 1893456000, acl=/live/*!/vod/*,"
        + " /live/stream1.flv?__token__=exp=1893456000~acl=/live/*!/vod/*~hmac=678284d5387a88f5c41aa557fdbca24c434a1388f8586e348718184eaa3dee42",
    "akamai, 52a152a152a152a152a152a152a1, /live/stream1.flv, 1893456000, ip=203.0.113.7 id=s1 data=p1 acl=/live/*,"
        + " /live/stream1.flv?__token__=ip=203.0.113.7~exp=1893456000~acl=/live/*~id=s1~data=p1~hmac=ffed6cee774cdd11a4f4c087291a4d69b6d2aa9692014bcf3f3d5bc520fc277d",
    "akamai, 52a152a152a152a152a152a152a1, /live/stream1.flv, 1893456000, escape=early acl=/live/*,"
        + " /live/stream1.flv?__token__=exp=1893456000~acl=%2flive%2f*~hmac=82004dca38ab3f0d741ce91e4a13314407548c6fc29a7db3d5174549a64458a2",
    "akamai, 52a152a152a152a152a152a152a1, /live/stream1.flv, 1893456000, escape=early,"
        + " /live/stream1.flv?__token__=exp=1893456000~hmac=ada8ff694a08a7c57288aea9b7723379154b95085bdf5df60a9ad5880ab9436f",
    "akamai-sha1, 52a152a152a152a152a152a152a1, /live/stream1.flv, 1893456000, salt=pepper,"
        + " /live/stream1.flv?__token__=exp=1893456000~hmac=1676a77013a047fd34b67b3ce1b9b84526bd5e55",
  })
  void a_published_link_is_made_and_granted_until_its_moment(
      String scheme, String key, String path, long moment, String fields, String link) {
    Scheme named = Scheme.named(scheme).orElseThrow();
    KeyRing keys = KeyRing.of("k", Secret.parse(key));
    Grant grant = grant(Grant.until(Instant.ofEpochSecond(moment)), fields);

    String url = UrlSigner.of(named, keys).sign(path, grant);
    UrlVerifier verifier =
        UrlVerifier.builder(named, keys)
            .bindIp(grant.address().isPresent())
            .salt(grant.fields().getOrDefault("salt", ""))
            .build();
    ClientAddress client = grant.address().orElse(null);

    assertThat(url).isEqualTo(link);
    assertThat(verifier.verify(url, client, Instant.ofEpochSecond(moment)).isGranted()).isTrue();
    assertThat(verifier.verify(url, client, Instant.ofEpochSecond(moment + 1)))
        .isEqualTo(new Verdict.Denied(Verdict.Reason.EXPIRED));
    assertThat(verifier.withoutToken(url)).isEqualTo(path);
  }

  private static Grant grant(Grant grant, String fields) {
    Grant wanted = grant;
    for (String field : fields.isEmpty() ? new String[0] : fields.split(" ", -1)) {
      String name = field.substring(0, field.indexOf('='));
      String value = field.substring(name.length() + 1);
      wanted =
          switch (name) {
            case "ip" -> wanted.boundTo(ClientAddress.parse(value));
            case "st" -> wanted.notBefore(Instant.ofEpochSecond(Long.parseLong(value)));
            default -> wanted.with(name, value);
          };
    }
    return wanted;
  }

  @Test
  void alibaba_c_is_also_read_from_the_query() {
    String url = "/test.flv?KEY1=a37fa50a5fb8f71214b1e7c95ec7a1bd&KEY2=55CE8100";
    UrlVerifier verifier =
        UrlVerifier.of(Scheme.ALIBABA_C, KeyRing.of("k", Secret.parse("aliyuncdnexp1234")));

    Verdict verdict = verifier.verify(url, null, Instant.ofEpochSecond(1439596800));

    assertThat(verdict.isGranted()).isTrue();
    assertThat(verifier.withoutToken(url)).isEqualTo("/test.flv");
  }

  @ParameterizedTest
  @CsvSource({
    "token_countries=CA%2CUS, HS256-i5s3Uv7mnrFfN5nznwU2BxhILpnipYeE18TapV0WNFM, /300kb.jpg,",
    "token_countries_blocked=RU%2CCN, HS256-JS8dSuBSjSH-W2-xhdkCPC36-2rlxfDCQJjlNMPqKZQ, /300kb.jpg,",
    "token_countries_blocked=RU%2CCN, HS256-1-myF6Rnz7Z9VAfAjjkyUHJQ_6gr-AJ7VyPsG5rQdQKm8, /300kb.jpg, 1.2.3.4",
    "token_countries_blocked=RU%2CCN, HS256-1-XGkCf_JKNfOrpWAM_CIYjZBbVHbB4U1mxHg8pXJtBNc, /300kb.jpg, 2001:db8:85a3::8a2e:370:7334",
    "token_countries=CA%2CUS, HS256-1-4lIDGI2_t3wiTmopXzB7z71wtZKTe1Ic0lDlL72iAJw, /abc/, 1.2.3.4",
    "token_countries=CA%2CUS, HS256-1-LGpoP8i1bV4P1kN4NrO_iYxLJuLAD2R3Clstsy9kWAc, /abc/, 2001:db8:85a3::8a2e:370:7334",
  })
  void bunny_tokens_for_countries_are_made_but_not_granted(
      String countries, String token, String path, String ip) {
    KeyRing keys = KeyRing.of("k", Secret.parse("SecurityKey"));
    ClientAddress client = ip == null ? null : ClientAddress.parse(ip);
    Grant until = Grant.until(Instant.ofEpochSecond(1598024587));
    String[] field = countries.replace("%2C", ",").split("=", -1);
    Grant grant = (client == null ? until : until.boundTo(client)).with(field[0], field[1]);

    String url = UrlSigner.of(Scheme.BUNNY, keys).sign(path, grant);
    Verdict verdict = UrlVerifier.of(Scheme.BUNNY, keys).verify(url, client, Instant.EPOCH);

    assertThat(url).isEqualTo(path + "?" + countries + "&token=" + token + "&expires=1598024587");
    assertThat(verdict).isEqualTo(new Verdict.Denied(Verdict.Reason.OUT_OF_SCOPE));
  }

  /** Vendors that are not built in are descriptions. */
  @Test
  void further_vendors_are_described_in_a_line() {
    Map<LinkFormula, String> vendors =
        Map.of(
            LinkFormula.inQuery(
                MD5, "{key}{stream}", HEX, LinkFormula.Time.NEVER, "lal_secret={token}"),
            "q191201771 /live/test110.flv?lal_secret=700997e1595a06c9ffa60ebef79105b0",
            LinkFormula.inQuery(
                MD5,
                "{key}{path}{time}{ip}",
                BASE64URL,
                LinkFormula.Time.DECIMAL_10,
                "token={token}",
                "expires={time}"),
            "your_security_key /path/to/file.mp4?token=LXe-BpCqvkypN6TvDQxphA&expires=1893456000",
            LinkFormula.inQuery(
                HMAC_SHA_1,
                "{path}{time}",
                HEX,
                LinkFormula.Time.DECIMAL_10,
                "token={time}_{token}"),
            "base64:iqFPeN2u+Z0Lm5IrsKaOFKRqEU5Gw8ePtaEkHZWuD24="
                + " /foo/bar.html?token=1536399430_2ff701d4b75cbafce1919e87647b07177fa7bee2",
            LinkFormula.inQuery(
                HMAC_SHA_256,
                "{path}{time}",
                HEX,
                LinkFormula.Time.DECIMAL_10,
                "token={time}_{token}"),
            "base64:iqFPeN2u+Z0Lm5IrsKaOFKRqEU5Gw8ePtaEkHZWuD24="
                + " /foo/bar.html?token=1536399430_9f80a504781a76a08e15c8a7058840adddb6f797d7fff473842369f31d95d08c",
            LinkFormula.inQuery(
                SHA_256,
                "{app}/{stream}?{key}&zhashinstanceendtime={time}&zhashinstancestarttime={start}",
                BASE64URL_NGINX,
                LinkFormula.Time.DECIMAL,
                "zhashinstancehash={token}",
                "zhashinstanceendtime={time}",
                "zhashinstancestarttime={start}"),
            "mysecuresharedsecret /live-app/stream01?zhashinstancehash=u4OoUQUj2IFz18aKsf0Gn0DGoadV7WhtWlZkypXCXfc="
                + "&zhashinstanceendtime=1706312333&zhashinstancestarttime=1706333933");

    vendors.forEach(
        (formula, example) -> {
          String[] keyAndUrl = example.split(" ", -1);
          KeyRing keys = KeyRing.of("k", Secret.parse(keyAndUrl[0]));
          UrlVerifier verifier = UrlVerifier.of(Scheme.of("vendor", formula), keys);

          assertThat(verifier.verify(keyAndUrl[1], null, Instant.EPOCH))
              .as(formula.toString())
              .isInstanceOf(Verdict.Granted.class);
        });
  }

  @Test
  void bunny_basic_bound_to_an_address_is_described_too() {
    Scheme basic =
        Scheme.of(
            "bunny-basic",
            LinkFormula.inQuery(
                MD5,
                "{key}{path}{time}{ip}",
                BASE64URL,
                LinkFormula.Time.DECIMAL_10,
                "token={token}",
                "expires={time}"));
    KeyRing keys = KeyRing.of("k", Secret.parse("your_security_key"));
    UrlVerifier verifier = UrlVerifier.builder(basic, keys).bindIp(true).build();

    Verdict verdict =
        verifier.verify(
            "/path/to/file.mp4?token=CWb7LmeAOvUZRPj-lQv3xA&expires=1893456000",
            ClientAddress.parse("192.168.1.1"),
            Instant.EPOCH);

    assertThat(verdict.isGranted()).isTrue();
  }
}
