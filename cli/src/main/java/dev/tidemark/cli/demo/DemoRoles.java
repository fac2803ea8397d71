package dev.tidemark.cli.demo;

import dev.tidemark.cli.role.LocalStack;
import dev.tidemark.cli.role.RoleProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The API and the worker of the demonstration.
 *
 * @param url where the API will listen
 */
record DemoRoles(RoleProcess api, RoleProcess worker, String url) {

  static DemoRoles of(LocalStack stack, DemoServers servers, long rows, int port) {
    Path configuration = servers.writeConfiguration(stack.home(), rows);
    stack.localKey();
    Map<String, String> environment = stack.environment();
    List<String> options = List.of("--port", Integer.toString(port));
    return new DemoRoles(
        new RoleProcess("api", configuration, options, environment, stack.home()),
        new RoleProcess("worker", configuration, List.of(), environment, stack.home()),
        "http://127.0.0.1:" + port);
  }
}
