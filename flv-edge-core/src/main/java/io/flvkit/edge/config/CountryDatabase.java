package io.flvkit.edge.config;

import com.maxmind.db.Reader;
import io.flvkit.edge.access.Countries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A MaxMind database (MMDB 2) of countries or cities, read into memory as a whole: a file that is
 * replaced while it is mapped would take the process down.
 */
final class CountryDatabase implements Countries {
  private final Reader reader;

  private CountryDatabase(Reader reader) {
    this.reader = reader;
  }

  /** Throws {@link IllegalArgumentException} if the bytes are no such database. */
  static CountryDatabase of(byte[] file) {
    try {
      Reader reader = new Reader(new ByteArrayInputStream(file));
      CountryDatabase database = new CountryDatabase(reader);
      database.countryOf(InetAddress.getByAddress(new byte[4]));
      return database;
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("is no MaxMind database of countries", e);
    }
  }

  /** Where the address is; else where its network is registered. */
  @Override
  public @Nullable String countryOf(InetAddress address) {
    try {
      Map<?, ?> found = reader.get(address, Map.class);
      String country = code(found, "country");
      return country == null ? code(found, "registered_country") : country;
    } catch (IOException e) {
      throw new UncheckedIOException("the database of countries is damaged", e);
    }
  }

  private static @Nullable String code(@Nullable Map<?, ?> found, String name) {
    return found != null
            && found.get(name) instanceof Map<?, ?> country
            && country.get("iso_code") instanceof String code
        ? code
        : null;
  }
}
