package dev.tidemark.connect.comparison;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The queries that a session was asked, while they go to a real server. */
final class RecordedStatements {

  private final List<String> queries = new CopyOnWriteArrayList<>();

  /** The session, with an ear at it. */
  Connection listenTo(Connection session) {
    return proxy(
        Connection.class,
        session,
        (method, result) ->
            method.getName().equals("createStatement") ? listenTo((Statement) result) : result);
  }

  private Statement listenTo(Statement statement) {
    return proxy(Statement.class, statement, (method, result) -> result);
  }

  @FunctionalInterface
  private interface After {
    Object done(Method method, Object result);
  }

  private <T> T proxy(Class<T> type, T real, After after) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (ignored, method, arguments) -> {
              if (method.getName().equals("executeQuery")) {
                queries.add((String) arguments[0]);
              }
              try {
                return after.done(method, method.invoke(real, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** Sums of a range. */
  long sums() {
    return queries.stream().filter(sql -> sql.startsWith("SELECT count(*)")).count();
  }

  /** Lists of a range. */
  long lists() {
    return queries.stream()
        .filter(sql -> sql.contains(" LIMIT ") && !sql.contains(" OFFSET "))
        .count();
  }
}
