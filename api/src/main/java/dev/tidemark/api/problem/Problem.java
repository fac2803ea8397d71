package dev.tidemark.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An error as RFC 9457 has it.
 *
 * @param type names the kind of problem; stable
 * @param title the HTTP status in words
 * @param detail what was wrong with this request
 * @param code the kind of problem in capitals; stable
 * @param remedy what to do about it
 * @param errors every mistake found in the request, with its place
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    @Nullable String remedy,
    List<Mistake> errors) {

  /** Media type of problem documents. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /**
   * One mistake in a request.
   *
   * @param path where, such as {@code connections[1]}
   * @param message what is wrong there, and what is allowed
   */
  public record Mistake(String path, String message) {}

  public Problem {
    errors = List.copyOf(errors);
  }

  /** A problem of the kind that {@code code} names. */
  public static Problem of(
      HttpStatus status,
      String code,
      String detail,
      @Nullable String remedy,
      List<Mistake> errors) {
    String type = "urn:tidemark:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-');
    return new Problem(
        type, status.getReasonPhrase(), status.value(), detail, code, remedy, errors);
  }
}
