package dev.tidemark.api.problem;

import dev.tidemark.connect.failure.SyncException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.schedules.ScheduleException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns everything that a request can end with into a problem document. */
@RestControllerAdvice
class ProblemAdvice {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<Problem> known(ProblemException e) {
    return response(e.problem(), HttpHeaders.EMPTY);
  }

  @ExceptionHandler
  ResponseEntity<Problem> malformed(HttpMessageNotReadableException e) {
    return response(
        Problem.of(
            HttpStatus.BAD_REQUEST,
            "MALFORMED_JSON",
            "The body is not the JSON that is expected here: " + JsonMistakes.explain(e.getCause()),
            "See /docs for what is expected.",
            List.of()),
        HttpHeaders.EMPTY);
  }

  @ExceptionHandler
  ResponseEntity<Problem> mistyped(MethodArgumentTypeMismatchException e) {
    String detail = "The parameter " + e.getName() + " cannot be " + e.getValue() + ".";
    return response(
        Problem.of(HttpStatus.BAD_REQUEST, "BAD_REQUEST", detail, null, List.of()),
        HttpHeaders.EMPTY);
  }

  /** Temporal, through the client. */
  @ExceptionHandler
  ResponseEntity<Problem> temporal(WorkflowServiceException e) {
    return e.getCause() instanceof StatusRuntimeException cause ? grpc(cause) : unexpected(e);
  }

  /** Temporal, through the client of its schedules. */
  @ExceptionHandler
  ResponseEntity<Problem> schedule(ScheduleException e) {
    if (!(e.getCause() instanceof StatusRuntimeException cause)) {
      return unexpected(e);
    }
    if (cause.getStatus().getCode() != Status.Code.INVALID_ARGUMENT) {
      return grpc(cause);
    }
    return response(
        Problem.of(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "SCHEDULE_REFUSED",
            "Temporal refuses the schedule: " + cause.getStatus().getDescription() + ".",
            "Correct what Temporal names.",
            List.of()),
        HttpHeaders.EMPTY);
  }

  /** Temporal, through its service. */
  @ExceptionHandler
  ResponseEntity<Problem> grpc(StatusRuntimeException e) {
    return switch (e.getStatus().getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED ->
          unavailable(
              e,
              "TEMPORAL_UNAVAILABLE",
              "Temporal cannot be reached.",
              "Check that it runs at the configured address, then try again.");
      case RESOURCE_EXHAUSTED ->
          unavailable(
              e,
              "TEMPORAL_BUSY",
              "Temporal takes no more requests just now.",
              "Try again later; raise the namespace's limits when it happens often.");
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          unavailable(
              e,
              "TEMPORAL_REFUSES",
              "Temporal refuses what the API asks of it.",
              "Check the API's certificate or key, and its rights in the namespace.");
      case INVALID_ARGUMENT ->
          response(
              Problem.of(
                  HttpStatus.UNPROCESSABLE_CONTENT,
                  "TEMPORAL_REFUSES",
                  "Temporal refuses the request: " + e.getStatus().getDescription() + ".",
                  "Correct what Temporal names.",
                  List.of()),
              HttpHeaders.EMPTY);
      default -> unexpected(e);
    };
  }

  private static ResponseEntity<Problem> unavailable(
      StatusRuntimeException e, String code, String detail, String remedy) {
    log.warn("{} {}", detail, e.getStatus());
    return response(
        Problem.of(HttpStatus.SERVICE_UNAVAILABLE, code, detail, remedy, List.of()),
        HttpHeaders.EMPTY);
  }

  /** The control database. */
  @ExceptionHandler
  ResponseEntity<Problem> control(SyncException e) {
    log.warn("{}", e.getMessage());
    HttpStatus status =
        e.code().retryable() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.INTERNAL_SERVER_ERROR;
    return response(
        Problem.of(
            status,
            "CONTROL_DATABASE_" + (e.code().retryable() ? "UNAVAILABLE" : "FAILED"),
            "The control database cannot be used now; syncs go on without it.",
            e.remedy(),
            List.of()),
        HttpHeaders.EMPTY);
  }

  @ExceptionHandler
  ResponseEntity<Problem> nothingThere(NoResourceFoundException e) {
    return response(
        Problem.of(
            HttpStatus.NOT_FOUND,
            HttpStatus.NOT_FOUND.name(),
            "There is no path [/" + e.getResourcePath() + "] here.",
            "See /docs for those that there are.",
            List.of()),
        HttpHeaders.EMPTY);
  }

  @ExceptionHandler
  ResponseEntity<Problem> unexpected(Exception e) {
    if (e instanceof ErrorResponse response) {
      return spring(response);
    }
    log.error("A request failed unexpectedly", e);
    return response(
        Problem.of(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "INTERNAL_ERROR",
            "The request failed for a reason that is Tidemark's own.",
            "Look into the log of the API for the cause.",
            List.of()),
        HttpHeaders.EMPTY);
  }

  /** What Spring itself refuses: unknown paths, methods, media types, missing parameters. */
  private static ResponseEntity<Problem> spring(ErrorResponse refusal) {
    HttpStatus status = status(refusal.getStatusCode());
    String detail = refusal.getBody().getDetail();
    return response(
        Problem.of(
            status,
            status.name(),
            detail == null ? status.getReasonPhrase() : detail,
            null,
            List.of()),
        refusal.getHeaders());
  }

  private static ResponseEntity<Problem> response(Problem problem, HttpHeaders headers) {
    return ResponseEntity.status(problem.status())
        .headers(headers)
        .contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE))
        .body(problem);
  }

  private static HttpStatus status(HttpStatusCode code) {
    HttpStatus status = HttpStatus.resolve(code.value());
    return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
  }
}
