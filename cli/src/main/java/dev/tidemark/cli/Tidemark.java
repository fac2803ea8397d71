package dev.tidemark.cli;

import dev.tidemark.cli.batch.BatchesCommand;
import dev.tidemark.cli.batch.Presses;
import dev.tidemark.cli.batch.RepairCommand;
import dev.tidemark.cli.batch.SyncAllCommand;
import dev.tidemark.cli.batch.SyncStatusCommand;
import dev.tidemark.cli.batch.SyncTableCommand;
import dev.tidemark.cli.batch.TableSyncsCommand;
import dev.tidemark.cli.client.ApiException;
import dev.tidemark.cli.configuration.ConfigCommand;
import dev.tidemark.cli.connection.ConnectionsCommand;
import dev.tidemark.cli.demo.DemoCommand;
import dev.tidemark.cli.key.KeyCommand;
import dev.tidemark.cli.letter.LettersCommand;
import dev.tidemark.cli.notification.NotificationsCommand;
import dev.tidemark.cli.plan.PlanCommand;
import dev.tidemark.cli.plan.PlansCommand;
import dev.tidemark.cli.role.ApiCommand;
import dev.tidemark.cli.role.UpCommand;
import dev.tidemark.cli.role.WorkerCommand;
import dev.tidemark.cli.schedule.SchedulesCommand;
import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.cli.verification.VerificationsCommand;
import dev.tidemark.cli.verification.VerifyCommand;
import dev.tidemark.connect.configuration.ConfigurationException;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code tidemark} command. */
@Command(
    name = "tidemark",
    description = "Keeps databases in step; every sync is a durable workflow.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "tidemark help COMMAND says more."})
public final class Tidemark {

  private Tidemark() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine(Terminal.system(), new Presses()).execute(arguments));
  }

  /**
   * All commands.
   *
   * @param terminal where they read and write
   * @param presses Ctrl+C
   */
  static CommandLine commandLine(Terminal terminal, Presses presses) {
    CommandLine line =
        new CommandLine(new Tidemark())
            .addSubcommand(new SyncAllCommand(terminal, presses))
            .addSubcommand(new SyncTableCommand(terminal, presses))
            .addSubcommand(new TableSyncsCommand(terminal, presses))
            .addSubcommand(new SyncStatusCommand(terminal, presses))
            .addSubcommand(new BatchesCommand(terminal))
            .addSubcommand(new SchedulesCommand(terminal))
            .addSubcommand(new PlanCommand(terminal))
            .addSubcommand(new PlansCommand(terminal))
            .addSubcommand(new VerifyCommand(terminal))
            .addSubcommand(new VerificationsCommand(terminal))
            .addSubcommand(new RepairCommand(terminal, presses))
            .addSubcommand(new LettersCommand(terminal))
            .addSubcommand(new ConnectionsCommand(terminal))
            .addSubcommand(new ConfigCommand(terminal))
            .addSubcommand(new NotificationsCommand(terminal))
            .addSubcommand(new KeyCommand(terminal))
            .addSubcommand(new DemoCommand(terminal, presses))
            .addSubcommand(new UpCommand(terminal))
            .addSubcommand(new ApiCommand(terminal))
            .addSubcommand(new WorkerCommand(terminal))
            .addSubcommand(new VersionCommand(terminal))
            .addSubcommand(new HelpCommand());
    line.getCommandSpec().mixinStandardHelpOptions(true).version(VersionCommand.text());
    line.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(command -> !command.helpCommand())
        .forEach(command -> command.mixinStandardHelpOptions(true));
    return line.setOut(terminal.out())
        .setErr(terminal.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(terminal.interactive())
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                terminal.coloured() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setParameterExceptionHandler(
            (failure, arguments) -> misused(failure, arguments.length, terminal))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              terminal.complain(explain(failure, terminal));
              return 1;
            });
  }

  /** What is wrong, and where the rest is told: all of a command's help would hide it. */
  private static int misused(ParameterException failure, int arguments, Terminal terminal) {
    CommandLine command = failure.getCommandLine();
    if (arguments == 0) {
      command.usage(terminal.err());
      return command.getCommandSpec().exitCodeOnInvalidInput();
    }
    terminal.complain(failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, terminal.err());
    terminal.complain("See ./" + command.getCommandSpec().qualifiedName() + " --help.");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String explain(Throwable failure, Terminal terminal) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return explain(failure.getCause(), terminal);
    }
    if (terminal.variable("TIDEMARK_DEBUG") != null) {
      failure.printStackTrace(terminal.err());
    }
    boolean expected =
        failure instanceof ApiException
            || failure instanceof ConfigurationException
            || failure instanceof IllegalStateException;
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return expected
        ? message
        : failure.getClass().getSimpleName() + ": " + message + "\nTIDEMARK_DEBUG=1 shows where.";
  }
}
