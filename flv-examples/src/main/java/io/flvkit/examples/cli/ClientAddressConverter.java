package io.flvkit.examples.cli;

import io.flvkit.token.ClientAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an IP address of an option; no names, which would have to be looked up. */
final class ClientAddressConverter implements ITypeConverter<ClientAddress> {
  @Override
  public ClientAddress convert(String text) {
    try {
      return ClientAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
