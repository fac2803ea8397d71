package dev.tidemark.api;

import dev.tidemark.connect.configuration.TemporalConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.control.ControlDatabase;
import dev.tidemark.specs.schedule.Schedules;
import dev.tidemark.workflows.connection.TemporalClients;
import dev.tidemark.workflows.connection.TemporalEndpoint;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The API's parts and what they rest on. {@link ApiServer} starts it. */
@SpringBootApplication
public class ApiApplication {

  /** How long a caller waits for Temporal before it is told that Temporal is away. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  TemporalEndpoint temporalEndpoint(TidemarkConfiguration configuration) {
    TemporalConfiguration temporal = configuration.temporal();
    return new TemporalEndpoint(
        temporal.address(),
        temporal.namespace(),
        temporal.tls(),
        temporal.certificate(),
        temporal.certificateKey(),
        temporal.serverCa(),
        temporal.apiKey());
  }

  @Bean(destroyMethod = "shutdownNow")
  WorkflowServiceStubs temporalStubs(TemporalEndpoint endpoint) {
    return TemporalClients.connect(endpoint, PATIENCE);
  }

  @Bean
  WorkflowClient temporalClient(WorkflowServiceStubs stubs, TemporalEndpoint endpoint) {
    return TemporalClients.client(stubs, endpoint);
  }

  @Bean
  Schedules schedules(
      WorkflowServiceStubs stubs, TemporalEndpoint endpoint, TidemarkConfiguration configuration) {
    return new Schedules(stubs, endpoint.namespace(), configuration.worker().controlTaskQueue());
  }

  @Bean
  ControlDatabase controlDatabase(TidemarkConfiguration configuration) {
    return ControlDatabase.open(configuration.control());
  }

  @Bean
  Connections connections(TidemarkConfiguration configuration) {
    return new Connections(configuration.connections().values());
  }
}
