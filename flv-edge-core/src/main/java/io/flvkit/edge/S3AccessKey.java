package io.flvkit.edge;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What signs requests to an S3-compatible store. Never shown by {@link #toString()}.
 *
 * @param id of the key; no secret
 * @param secret of the key
 */
public record S3AccessKey(String id, String secret) {
  private static final Pattern PAIR = Pattern.compile("([^\\s:=]+)(?::|\\s+)([^\\s:=]\\S*)");
  private static final Pattern LINE =
      Pattern.compile("(?m)^\\s*(aws_access_key_id|aws_secret_access_key)\\s*=\\s*(\\S+)\\s*$");

  public S3AccessKey {
    if (id.isEmpty() || secret.isEmpty()) {
      throw new IllegalArgumentException("an access key has an id and a secret");
    }
  }

  /**
   * Reads the text of a file: {@code ID:SECRET}, the two on lines of their own, or an AWS
   * credentials file of one profile.
   *
   * @throws IllegalArgumentException if it is none of those; the message does not repeat it
   */
  public static S3AccessKey parse(String text) {
    Map<String, String> named = new HashMap<>();
    Matcher lines = LINE.matcher(text);
    while (lines.find()) {
      named.put(lines.group(1), lines.group(2));
    }
    String id = named.get("aws_access_key_id");
    String secret = named.get("aws_secret_access_key");
    if (id != null && secret != null) {
      return new S3AccessKey(id, secret);
    }
    Matcher pair = PAIR.matcher(text.strip());
    if (!pair.matches()) {
      throw new IllegalArgumentException("must hold ID:SECRET");
    }
    return new S3AccessKey(pair.group(1), pair.group(2));
  }

  @Override
  public String toString() {
    return "S3AccessKey[" + id + "]";
  }
}
