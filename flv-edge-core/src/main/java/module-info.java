/** The edge. */
@SuppressWarnings(
    "requires-automatic") // neither the Prometheus client nor the AWS SDK has descriptors
module io.flvkit.edge {
  requires static transitive org.jspecify;
  requires io.flvkit.codec;
  requires io.flvkit.buffer;
  requires transitive io.flvkit.token;
  requires io.flvkit.vod;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.classes.quic;
  requires io.netty.codec.haproxy;
  requires io.netty.codec.http;
  requires io.netty.codec.http2;
  requires io.netty.codec.http3;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;
  requires jdk.management;
  requires com.google.common;
  requires com.maxmind.db;
  requires org.apache.commons.lang3;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires org.slf4j;
  requires org.yaml.snakeyaml;
  requires io.prometheus.metrics.config;
  requires io.prometheus.metrics.core;
  requires io.prometheus.metrics.instrumentation.jvm;
  requires io.prometheus.metrics.model;
  requires io.prometheus.writer.text;
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.http.auth.aws;
  requires software.amazon.awssdk.http.auth.spi;
  requires software.amazon.awssdk.identity.spi;

  exports io.flvkit.edge;
  exports io.flvkit.edge.access;
  exports io.flvkit.edge.config;
}
