package dev.tidemark.api;

import dev.tidemark.connect.configuration.TidemarkConfiguration;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** A running API. */
public final class ApiServer implements AutoCloseable {

  /** Wins over the environment: Tidemark is configured in one place. */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("spring.threads.virtual.enabled", "true"),
          Map.entry("spring.web.resources.add-mappings", "true"),
          Map.entry("spring.jackson.deserialization.fail-on-unknown-properties", "true"),
          Map.entry("server.error.whitelabel.enabled", "false"),
          Map.entry("server.shutdown", "graceful"),
          Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "5s"),
          Map.entry("springdoc.api-docs.path", "/openapi.json"),
          Map.entry("springdoc.swagger-ui.path", "/docs"),
          Map.entry("springdoc.swagger-ui.persist-authorization", "true"),
          Map.entry("springdoc.packages-to-scan", "dev.tidemark.api"),
          Map.entry("springdoc.paths-to-match", "/api/**"),
          // It warns that documentation is served; it is meant to be.
          Map.entry("logging.level.org.springdoc.core.events", "error"));

  private final ConfigurableApplicationContext context;
  private final URI uri;

  private ApiServer(ConfigurableApplicationContext context, URI uri) {
    this.context = context;
    this.uri = uri;
  }

  /**
   * Starts the API and returns when it serves.
   *
   * @param configuration where to listen, port 0 for a free one, and everything it rests on.
   *     Temporal and the control database may be away.
   */
  public static ApiServer start(TidemarkConfiguration configuration) {
    String host = configuration.api().host();
    SpringApplication application = new SpringApplication(ApiApplication.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    application.addInitializers(
        context ->
            context.getBeanFactory().registerSingleton("tidemarkConfiguration", configuration));
    ConfigurableApplicationContext context =
        application.run(arguments(host, configuration.api().port()));
    int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    return new ApiServer(context, uri(host, port));
  }

  private static String[] arguments(String host, int port) {
    return Stream.concat(
            Stream.of("--server.address=" + host, "--server.port=" + port),
            SETTINGS.entrySet().stream().map(s -> "--" + s.getKey() + "=" + s.getValue()))
        .toArray(String[]::new);
  }

  /** Where a process on this machine reaches the API. */
  public URI uri() {
    return uri;
  }

  private static URI uri(String host, int port) {
    String reachable =
        switch (host) {
          case "0.0.0.0", "::", "" -> "127.0.0.1";
          default -> host.contains(":") ? "[" + host + "]" : host;
        };
    return URI.create("http://" + reachable + ":" + port);
  }

  /** Finishes the requests under way and releases everything. */
  @Override
  public void close() {
    context.close();
  }
}
