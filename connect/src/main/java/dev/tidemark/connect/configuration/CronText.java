package dev.tidemark.connect.configuration;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Times of the calendar as Temporal reads them: {@code minute hour day-of-month month day-of-week},
 * with the year behind and then the seconds in front where they are wanted, or a shorthand such as
 * {@code @daily}. A comment may follow behind {@code #}.
 *
 * <p>Temporal also reads a time zone and {@code @every} within the text; a schedule has keys of its
 * own for both.
 */
final class CronText {

  static final String ALLOWED =
      "minute hour day-of-month month day-of-week, such as 30 2 * * mon-fri; with the year behind,"
          + " then seconds in front; or @hourly, @daily, @weekly, @monthly, @yearly";

  private static final Set<String> SHORTHANDS =
      Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");
  private static final List<String> DAYS =
      List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");

  /**
   * One place of the text.
   *
   * @param names what may stand for numbers, from {@code least} on
   * @param shortest how many letters of a name suffice
   */
  private record Field(String name, int least, int most, List<String> names, int shortest) {

    Field(String name, int least, int most) {
      this(name, least, most, List.of(), 0);
    }
  }

  private static final Field DAY_OF_MONTH = new Field("day of month", 1, 31);
  private static final Field MONTH = new Field("month", 1, 12, MONTHS, 3);

  private static final List<Field> FIELDS =
      List.of(
          new Field("second", 0, 59),
          new Field("minute", 0, 59),
          new Field("hour", 0, 23),
          DAY_OF_MONTH,
          MONTH,
          new Field("day of week", 0, 7, DAYS, 2),
          new Field("year", 2000, 2100));

  private CronText() {}

  /** What is wrong with the text; empty when nothing is. */
  static Optional<String> mistake(String text) {
    String plain = text.strip();
    if (plain.startsWith("TZ=") || plain.startsWith("CRON_TZ=")) {
      return Optional.of("times without a time zone, which the key time-zone names");
    }
    String times = plain.split("#", 2)[0].strip();
    if (times.startsWith("@every")) {
      return Optional.of("times of the calendar; an interval stands under the key every");
    }
    if (SHORTHANDS.contains(times)) {
      return Optional.empty();
    }
    String[] words = times.split("\\s+", -1);
    if (words.length < 5 || words.length > 7) {
      return Optional.of(ALLOWED);
    }
    int first = words.length == 7 ? 0 : 1;
    BitSet days = new BitSet();
    BitSet months = new BitSet();
    for (int i = 0; i < words.length; i++) {
      Field field = FIELDS.get(first + i);
      Optional<BitSet> values = values(words[i], field);
      if (values.isEmpty()) {
        return Optional.of(
            "%s from %d to %d in the place of %s; %s"
                .formatted(field.name(), field.least(), field.most(), words[i], ALLOWED));
      }
      if (field.equals(DAY_OF_MONTH)) {
        days = values.get();
      } else if (field.equals(MONTH)) {
        months = values.get();
      }
    }
    return occurs(days, months)
        ? Optional.empty()
        : Optional.of("a day that one of its months has");
  }

  private static boolean occurs(BitSet days, BitSet months) {
    return months.stream()
        .anyMatch(month -> days.nextSetBit(1) <= java.time.Month.of(month).maxLength());
  }

  private static Optional<BitSet> values(String word, Field field) {
    BitSet values = new BitSet();
    for (String part : word.split(",", -1)) {
      String[] steps = part.split("/", -1);
      int step = steps.length == 2 ? number(steps[1]) : 1;
      if (steps.length > 2 || step < 1 || !add(steps[0], steps.length == 2, step, field, values)) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  private static boolean add(String range, boolean stepped, int step, Field field, BitSet values) {
    int from = field.least();
    int to = field.most();
    if (!range.equals("*")) {
      String[] ends = range.split("-", -1);
      from = value(ends[0], field);
      // With a step, a single value means from there on.
      to = ends.length == 2 ? value(ends[1], field) : stepped ? field.most() : from;
      if (ends.length > 2 || from < field.least() || to < from || to > field.most()) {
        return false;
      }
    }
    IntStream.iterate(from, value -> value + step)
        .limit((to - from) / step + 1)
        .forEach(values::set);
    return true;
  }

  /** The number of a value or a name; -1 for neither. */
  private static int value(String text, Field field) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!field.names().isEmpty() && lower.length() >= field.shortest()) {
      for (int i = 0; i < field.names().size(); i++) {
        if (field.names().get(i).startsWith(lower)) {
          return field.least() + i;
        }
      }
    }
    return number(text);
  }

  private static int number(String text) {
    return text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
  }
}
