package dev.tidemark.connect.table;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Name of the slice that a source owns of a target table: its constant columns, in a spelling that
 * tells any two apart. Empty for the whole table.
 */
public final class SliceName {

  private SliceName() {}

  public static String of(Map<String, String> constants) {
    return new TreeMap<>(constants)
        .entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
  }

  /** The constants of a name. */
  public static Map<String, String> constants(String name) {
    return Arrays.stream(name.split("&", -1))
        .filter(constant -> !constant.isEmpty())
        .map(constant -> constant.split("=", 2))
        .collect(
            Collectors.toMap(constant -> decode(constant[0]), constant -> decode(constant[1])));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
