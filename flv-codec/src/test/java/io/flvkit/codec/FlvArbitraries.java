package io.flvkit.codec;

import io.flvkit.codec.amf.AmfValue;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Tags, streams and AMF0 values of every kind, for the properties. */
final class FlvArbitraries {
  private static final int[] FIRST_BYTES = {
    0x17, 0x27, 0x57, 0x22, 0x1C, 0x2C, 0x1D, 0x14, 0x19, 0x90, 0x91, 0xA1, 0x93, 0xA3, 0x96, 0xA6,
    0x97, 0xA7, 0xD4, 0xD0, 0x92, 0x95, 0xAF, 0x2F, 0xB6, 0x3E, 0x9F
  };

  private FlvArbitraries() {}

  /** Bodies that often begin like real ones. */
  static Arbitrary<byte[]> bodies() {
    Arbitrary<Integer> first = Arbitraries.of(toList());
    Arbitrary<byte[]> rest =
        Arbitraries.oneOf(
            Arbitraries.bytes().array(byte[].class).ofMaxSize(60),
            Arbitraries.bytes().between((byte) 0, (byte) 8).array(byte[].class).ofMaxSize(60),
            Arbitraries.of(FourCc.AVC1, FourCc.HVC1, FourCc.AV01, FourCc.MP4A, FourCc.OPUS)
                .map(code -> ByteBuffer.allocate(30).putInt(code).array()));
    Arbitrary<byte[]> headed =
        Combinators.combine(first, rest)
            .as(
                (head, tail) ->
                    ByteBuffer.allocate(1 + tail.length)
                        .put((byte) head.intValue())
                        .put(tail)
                        .array());
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(8, headed),
        net.jqwik.api.Tuple.of(1, Arbitraries.just(new byte[0])),
        net.jqwik.api.Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(3000)));
  }

  static Arbitrary<FlvTag> tags() {
    Arbitrary<Integer> types =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(9, Arbitraries.of(8, 9, 9, 18, 15)),
            net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, 31)));
    Arbitrary<Long> times =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 0xFFFF_FFFFL), Arbitraries.longs().between(0, 10_000));
    return Combinators.combine(types, times, bodies())
        .as((type, time, body) -> FlvTag.of(type, time, ByteBuffer.wrap(body)));
  }

  static Arbitrary<List<FlvTag>> streams() {
    return tags().list().ofMaxSize(12);
  }

  static Arbitrary<AmfValue> values() {
    return values(4);
  }

  private static Arbitrary<AmfValue> values(int depth) {
    Arbitrary<AmfValue> leaves =
        Arbitraries.oneOf(
            Arbitraries.doubles().map(AmfValue::of),
            Arbitraries.of(true, false).map(AmfValue::of),
            Arbitraries.strings().ofMaxLength(20).map(FlvArbitraries::encodable).map(AmfValue::of),
            Arbitraries.strings().alpha().ofMaxLength(9).map(AmfValue.Xml::new),
            Combinators.combine(Arbitraries.doubles(), Arbitraries.shorts())
                .as((millis, zone) -> new AmfValue.Date(millis, zone)),
            Arbitraries.integers().between(0, 0xFFFF).map(AmfValue.Reference::new),
            Arbitraries.of(AmfValue.Simple.values()).map(simple -> (AmfValue) simple));
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<AmfValue> inner = Arbitraries.lazy(() -> values(depth - 1));
    Arbitrary<AmfValue> arrays = inner.list().ofMaxSize(4).map(AmfValue.StrictArray::new);
    Arbitrary<List<AmfValue.Property>> properties =
        Combinators.combine(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8), inner)
            .as(AmfValue.Property::new)
            .list()
            .ofMaxSize(4);
    return Arbitraries.oneOf(
        leaves,
        arrays,
        properties.map(AmfValue.Obj::ecmaArray),
        properties.map(AmfValue.Obj::object),
        properties.map(
            list -> new AmfValue.Obj(AmfValue.Obj.Form.TYPED_OBJECT, "some.Type", list)));
  }

  /** Lone surrogates have no UTF-8 form. */
  private static String encodable(String text) {
    return new String(
        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  private static List<Integer> toList() {
    return java.util.Arrays.stream(FIRST_BYTES).boxed().toList();
  }
}
