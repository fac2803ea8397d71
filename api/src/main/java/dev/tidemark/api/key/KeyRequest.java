package dev.tidemark.api.key;

import dev.tidemark.api.problem.Problem.Mistake;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.configuration.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Body of a request for a key.
 *
 * @param name who will use it; needed
 * @param role {@code viewer}, {@code operator} or {@code admin}; needed
 */
record KeyRequest(@Nullable String name, @Nullable String role) {

  /** What is asked for once it is known to be right. */
  record Checked(String name, Role role) {}

  Checked check() {
    List<Mistake> mistakes = new ArrayList<>();
    String checkedName = name == null ? "" : name.strip();
    if (checkedName.isEmpty() || checkedName.length() > 100) {
      mistakes.add(new Mistake("name", "must have 1 to 100 characters"));
    }
    Role checkedRole = Role.VIEWER;
    try {
      checkedRole = Role.valueOf(role == null ? "" : role.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      mistakes.add(new Mistake("role", "must be viewer, operator or admin"));
    }
    if (!mistakes.isEmpty()) {
      throw ProblemException.invalid(mistakes);
    }
    return new Checked(checkedName, checkedRole);
  }
}
