package dev.tidemark.cli.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a table does that has to wait. */
final class WhenBusy {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  private @Nullable String answer;

  @Option(
      names = "--when-busy",
      paramLabel = "wait|refuse",
      description = "What a table does whose data another sync holds.")
  void answer(String typed) {
    if (!List.of("wait", "refuse").contains(typed)) {
      throw new ParameterException(
          command.commandLine(), "--when-busy is wait or refuse, not " + typed + ".");
    }
    answer = typed;
  }

  /** Null for what is configured. */
  @Nullable String answer() {
    return answer;
  }
}
