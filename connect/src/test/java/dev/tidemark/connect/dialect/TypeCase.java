package dev.tidemark.connect.dialect;

import dev.tidemark.connect.server.TestServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A type and the values that a round trip is made with.
 *
 * @param type as its own server declares it
 * @param values literals that every target takes
 * @param refused literals that some targets must refuse
 * @param refusing those targets
 * @param back the type that the values come back into; the type itself mostly
 * @param same a condition that {@code s.v} and {@code b.v} are the same value; empty for text alike
 */
record TypeCase(
    String type,
    List<String> values,
    List<String> refused,
    Set<TestServer> refusing,
    String back,
    String same) {

  TypeCase {
    values = List.copyOf(values);
    refused = List.copyOf(refused);
    refusing = Set.copyOf(refusing);
  }

  static TypeCase of(String type, List<String> values) {
    return new TypeCase(type, values, List.of(), Set.of(), type, "");
  }

  static TypeCase of(String type, String... values) {
    return of(type, Arrays.asList(values));
  }

  TypeCase and(List<String> more) {
    List<String> all = new ArrayList<>(values);
    all.addAll(more);
    return new TypeCase(type, all, refused, refusing, back, same);
  }

  TypeCase refusedBy(Set<TestServer> targets, String... literals) {
    return new TypeCase(type, values, Arrays.asList(literals), targets, back, same);
  }

  /** Comes back into a column of another type. */
  TypeCase backAs(String other, String condition) {
    return new TypeCase(type, values, refused, refusing, other, condition);
  }

  TypeCase sameIf(String condition) {
    return backAs(back, condition);
  }
}
