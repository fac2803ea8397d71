package dev.tidemark.api.problem;

import dev.tidemark.connect.catalog.TablePath;
import dev.tidemark.connect.failure.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Ends a request with a problem document. */
public final class ProblemException extends RuntimeException {

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }

  /** Whether the present state refuses the request, which may be another one in a moment. */
  public boolean isConflict() {
    return problem.status() == HttpStatus.CONFLICT.value();
  }

  /** 404: what the request names does not exist. */
  public static ProblemException notFound(String code, String detail, @Nullable String remedy) {
    return of(HttpStatus.NOT_FOUND, code, detail, remedy);
  }

  /** 409: the request makes no sense in the present state. */
  public static ProblemException conflict(String code, String detail, @Nullable String remedy) {
    return of(HttpStatus.CONFLICT, code, detail, remedy);
  }

  /** 422: the request is well formed, but asks for what cannot be. */
  public static ProblemException unprocessable(
      String code, String detail, @Nullable String remedy) {
    return of(HttpStatus.UNPROCESSABLE_CONTENT, code, detail, remedy);
  }

  /** 422: a request names a batch that the configuration does not have. */
  public static ProblemException batchNotConfigured(String name, Collection<String> batches) {
    return unprocessable(
        "BATCH_NOT_CONFIGURED",
        "There is no batch [" + name + "] in the configuration." + didYouMean(name, batches),
        batches.isEmpty() ? "Add one under batches:." : "It has: " + sorted(batches) + ".");
  }

  /** 404 or 422: there is no such connection in the configuration. */
  public static ProblemException connectionNotFound(
      HttpStatus status, String name, Collection<String> connections) {
    return of(
        status,
        "CONNECTION_NOT_FOUND",
        "There is no connection ["
            + name
            + "] in the configuration."
            + didYouMean(name, connections),
        "It has: " + sorted(connections) + ".");
  }

  /** 409: a name may mean several tables. */
  public static ProblemException tableAmbiguous(String typed, Collection<TablePath> tables) {
    return conflict(
        "TABLE_AMBIGUOUS",
        "[%s] may be %s."
            .formatted(
                typed,
                tables.stream().map(TablePath::toString).collect(Collectors.joining(" or "))),
        "Name one of them in full.");
  }

  private static String didYouMean(String name, Collection<String> known) {
    return Suggestion.question(Suggestion.nearest(name, known).stream().toList());
  }

  private static String sorted(Collection<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }

  /** 422: an idempotency key stands for one request. */
  public static ProblemException idempotencyKeyReused() {
    return unprocessable(
        "IDEMPOTENCY_KEY_REUSED",
        "The idempotency key was sent with another request before.",
        "Send a new key with every new request.");
  }

  /** 422 with every mistake and its place. */
  public static ProblemException invalid(List<Problem.Mistake> mistakes) {
    return invalid(mistakes, null);
  }

  /** 422 with a mistake, its place and what to do about it. */
  public static ProblemException invalid(Problem.Mistake mistake, String remedy) {
    return invalid(List.of(mistake), remedy);
  }

  private static ProblemException invalid(List<Problem.Mistake> mistakes, @Nullable String remedy) {
    return new ProblemException(
        Problem.of(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "VALIDATION_FAILED",
            "The request has mistakes: " + sentence(mistakes),
            remedy,
            mistakes));
  }

  private static String sentence(List<Problem.Mistake> mistakes) {
    String words =
        String.join("; ", mistakes.stream().map(m -> m.path() + " " + m.message()).toList());
    return words.endsWith("?") ? words : words + ".";
  }

  /** 503: something that the request needs is away. */
  public static ProblemException unavailable(String code, String detail, @Nullable String remedy) {
    return of(HttpStatus.SERVICE_UNAVAILABLE, code, detail, remedy);
  }

  /** Of a kind that one status does not tell. */
  public static ProblemException of(
      HttpStatus status, String code, String detail, @Nullable String remedy) {
    return new ProblemException(Problem.of(status, code, detail, remedy, List.of()));
  }
}
