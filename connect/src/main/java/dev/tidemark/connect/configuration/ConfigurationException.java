package dev.tidemark.connect.configuration;

import java.util.List;

/** A configuration cannot be used. Says everything that is wrong with it, in the file's order. */
public final class ConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String source;
  private final transient List<Mistake> mistakes;

  /**
   * @param source what was read, such as the name of the file
   * @param mistakes at least one
   */
  public ConfigurationException(String source, List<Mistake> mistakes) {
    super(describe(source, mistakes));
    this.source = source;
    this.mistakes = List.copyOf(mistakes);
  }

  public String source() {
    return source;
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }

  private static String describe(String source, List<Mistake> mistakes) {
    StringBuilder text = new StringBuilder(source);
    text.append(
        mistakes.size() == 1 ? " has a mistake:" : " has " + mistakes.size() + " mistakes:");
    for (Mistake mistake : mistakes) {
      text.append("\n  ").append(mistake);
    }
    return text.toString();
  }
}
