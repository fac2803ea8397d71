package dev.tidemark.api.problem;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a body in words that name no class of this program. */
final class JsonMistakes {

  private JsonMistakes() {}

  static String explain(@Nullable Throwable error) {
    if (error instanceof UnrecognizedPropertyException unknown) {
      return "there is no property [%s] here; there are %s."
          .formatted(unknown.getPropertyName(), known(unknown.getKnownPropertyIds()));
    }
    if (error instanceof MismatchedInputException mismatch) {
      return "[" + path(mismatch.getPath()) + "] has a value of the wrong type.";
    }
    return error instanceof StreamReadException malformed
        ? "it is malformed" + place(malformed) + "."
        : "it is missing or cannot be read.";
  }

  private static String known(@Nullable Collection<Object> properties) {
    return properties == null
        ? "none"
        : properties.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
  }

  private static String path(List<JacksonException.Reference> path) {
    return path.stream()
        .map(
            step ->
                step.getPropertyName() == null
                    ? String.valueOf(step.getIndex())
                    : step.getPropertyName())
        .collect(Collectors.joining("."));
  }

  private static String place(StreamReadException malformed) {
    TokenStreamLocation location = malformed.getLocation();
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
