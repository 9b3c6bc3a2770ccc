package io.flvkit.token.internal;

import io.flvkit.token.CanonicalPath;
import io.flvkit.token.LinkFormula.Time;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an EdgeAuth token, such as {@code st=..~exp=..~acl=/live/*~hmac=..}, as written.
 *
 * @param signed what stands before {@code ~hmac=}
 * @param mac the text after it
 * @param fields the others by name
 */
record AkamaiToken(String signed, String mac, Map<String, String> fields) {
  private static final String MAC = "~hmac=";
  private static final List<String> NAMES = List.of("ip", "st", "exp", "acl", "id", "data");

  /**
   * Returns null if the text is no token: the fields in the vendor's order, {@code exp} among them.
   */
  static @Nullable AkamaiToken read(String text) {
    int macStart = text.lastIndexOf(MAC);
    if (macStart < 0) {
      return null;
    }
    Map<String, String> fields = new HashMap<>();
    String signed = text.substring(0, macStart);
    int expected = 0;
    for (String field : signed.split("~", -1)) {
      int equals = field.indexOf('=');
      int name = equals < 0 ? -1 : NAMES.indexOf(field.substring(0, equals));
      if (name < expected) {
        return null;
      }
      expected = name + 1;
      fields.put(NAMES.get(name), field.substring(equals + 1));
    }
    return new AkamaiToken(signed, text.substring(macStart + MAC.length()), fields);
  }

  /** Returns the end in Unix seconds, or {@link TimeText#NONE}. */
  long expirySeconds() {
    return seconds("exp");
  }

  /** Returns the start in Unix seconds, {@link Rules#NO_START} or {@link TimeText#NONE}. */
  long startSeconds() {
    return fields.containsKey("st") ? seconds("st") : Rules.NO_START;
  }

  private long seconds(String name) {
    String text = fields.getOrDefault(name, "");
    return TimeText.seconds(Time.DECIMAL, text);
  }

  boolean hasAcl() {
    return fields.containsKey("acl");
  }

  /** Returns the address it is bound to, unescaped, or null. */
  @Nullable String ip() {
    String ip = fields.get("ip");
    return ip == null ? null : Percent.decode(ip, false);
  }

  /** Returns whether one of the patterns holds the path; true if there are none. */
  boolean opens(CanonicalPath path) {
    String acl = fields.get("acl");
    if (acl == null) {
      return true;
    }
    String patterns = Percent.decode(acl, false);
    if (patterns != null) {
      for (String pattern : patterns.split("!", -1)) {
        if (Wildcard.matches(pattern, path.decoded())) {
          return true;
        }
      }
    }
    return false;
  }
}
