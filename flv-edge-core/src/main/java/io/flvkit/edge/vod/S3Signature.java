package io.flvkit.edge.vod;

import io.flvkit.edge.S3AccessKey;
import io.flvkit.edge.http.Headers;
import java.net.URI;
import java.time.Clock;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Signature Version 4 of requests without a body, by the signer of the AWS SDK. */
final class S3Signature {
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();
  private static final String SERVICE = "s3";

  private S3Signature() {}

  /** The fields with those that sign them, Host among them. */
  static Headers sign(
      String method, URI uri, Headers fields, String region, S3AccessKey key, Clock clock) {
    SdkHttpFullRequest.Builder request =
        SdkHttpFullRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(uri);
    fields.forEach(request::appendHeader);
    SdkHttpRequest signed =
        SIGNER
            .sign(
                sign ->
                    sign.identity(AwsCredentialsIdentity.create(key.id(), key.secret()))
                        .request(request.build())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false))
            .request();
    Headers.Builder headers = Headers.builder();
    signed.forEachHeader((name, values) -> values.forEach(value -> headers.add(name, value)));
    return headers.build();
  }
}
