package dev.tidemark.cli.client;

import dev.tidemark.cli.Announcement;
import dev.tidemark.cli.StateFolder;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the API is, and the key to it.
 *
 * @param url without a slash at its end
 * @param key null to go without
 * @param origin where the address was found, for messages
 */
public record ApiAddress(String url, @Nullable String key, String origin) {

  private static final String HOW_TO_START =
      "Start one with ./tidemark up, or name one with --url or TIDEMARK_URL.";

  public ApiAddress {
    Objects.requireNonNull(origin, "origin");
    url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /**
   * Finds the API: by the options, else by TIDEMARK_URL and TIDEMARK_API_KEY, else by what a
   * running Tidemark left in the state folder.
   *
   * @param environment gives a variable's value or null
   * @throws ApiException when nothing names an API
   */
  public static ApiAddress find(
      @Nullable String url,
      @Nullable String key,
      StateFolder home,
      Function<String, @Nullable String> environment) {
    String secret = key != null ? key : environment.apply("TIDEMARK_API_KEY");
    if (url != null) {
      return new ApiAddress(url, secret, "--url");
    }
    String variable = environment.apply("TIDEMARK_URL");
    if (variable != null && !variable.isBlank()) {
      return new ApiAddress(variable, secret, "TIDEMARK_URL");
    }
    String local =
        Announcement.of(home)
            .map(Announcement::url)
            .orElseThrow(() -> new ApiException(0, absent(home), null));
    String localKey = secret != null ? secret : StateFolder.read(home.apiKey()).orElse(null);
    return new ApiAddress(local, localKey, home.apiAddress().toString());
  }

  private static String absent(StateFolder home) {
    return home.isHeld()
        ? "Tidemark is just starting, or stopping, in " + home.path() + ". Try again in a moment."
        : "No Tidemark runs from " + home.path() + ".\n" + HOW_TO_START;
  }

  String unreachable() {
    return "No Tidemark answers at %s (from %s).\n%s".formatted(url, origin, HOW_TO_START);
  }

  String unauthorized() {
    return key == null
        ? "Give a key with TIDEMARK_API_KEY or --key."
        : "The key is not one of this API; ./tidemark key list, run by an admin, shows its keys.";
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ApiAddress[" + url + "]";
  }
}
