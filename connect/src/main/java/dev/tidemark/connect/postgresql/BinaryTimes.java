package dev.tidemark.connect.postgresql;

import java.time.LocalDate;

/**
 * Dates and times of lines as the numbers that PostgreSQL has for them: days and microseconds from
 * the year 2000 on. What is spelled in any other way than {@code 2026-01-31 23:59:59.123456} is not
 * understood.
 */
final class BinaryTimes {

  /** In place of a number. */
  static final long NOT_UNDERSTOOD = Long.MIN_VALUE;

  private static final long EPOCH = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final int DATE_LENGTH = 10;
  private static final int FRACTION_DIGITS = 6;
  private static final long SECONDS_A_DAY = 86_400;
  private static final long MICROS = 1_000_000;

  private BinaryTimes() {}

  /** Days; of the years from 1 to 9999. */
  static long date(byte[] text, int from, int to) {
    if (to - from != DATE_LENGTH || text[from + 4] != '-' || text[from + 7] != '-') {
      return NOT_UNDERSTOOD;
    }
    int century = twoDigits(text, from);
    int years = twoDigits(text, from + 2);
    int month = twoDigits(text, from + 5);
    int day = twoDigits(text, from + 8);
    int year = century * 100 + years;
    boolean known =
        century >= 0 && years >= 0 && year > 0 && month > 0 && month <= 12 && day > 0 && day <= 31;
    if (!known || (day > 28 && day > daysOf(month, year))) {
      return NOT_UNDERSTOOD;
    }
    return days(year, month, day) - EPOCH;
  }

  /**
   * Days since 1970 in the proleptic Gregorian calendar, whose years are counted from March on, so
   * that the day that some of them have more is their last. It makes no object.
   */
  private static long days(int year, int month, int day) {
    long counted = month > 2 ? year : year - 1L;
    long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    long leapDays = counted / 4 - counted / 100 + counted / 400;
    return counted * 365 + leapDays + dayOfYear - 719_468;
  }

  private static int daysOf(int month, int year) {
    if (month == 2) {
      boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
      return leap ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  /** Microseconds since midnight. */
  static long time(byte[] text, int from, int to) {
    int length = to - from;
    if (length < 8 || text[from + 2] != ':' || text[from + 5] != ':') {
      return NOT_UNDERSTOOD;
    }
    int hour = twoDigits(text, from);
    int minute = twoDigits(text, from + 3);
    int second = twoDigits(text, from + 6);
    long fraction = fraction(text, from + 8, to);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return NOT_UNDERSTOOD;
    }
    return fraction < 0
        ? NOT_UNDERSTOOD
        : (hour * 3600L + minute * 60L + second) * MICROS + fraction;
  }

  /** Microseconds, without a zone. */
  static long timestamp(byte[] text, int from, int to) {
    int blank = from + DATE_LENGTH;
    if (blank >= to || text[blank] != ' ') {
      return NOT_UNDERSTOOD;
    }
    long day = date(text, from, blank);
    long time = time(text, blank + 1, to);
    return day == NOT_UNDERSTOOD || time == NOT_UNDERSTOOD
        ? NOT_UNDERSTOOD
        : day * SECONDS_A_DAY * MICROS + time;
  }

  /** Microseconds; negative where there is something else than up to six digits behind a point. */
  private static long fraction(byte[] text, int from, int to) {
    if (from == to) {
      return 0;
    }
    int digits = to - from - 1;
    if (text[from] != '.' || digits < 1 || digits > FRACTION_DIGITS) {
      return -1;
    }
    long micros = 0;
    for (int i = 1; i <= FRACTION_DIGITS; i++) {
      int digit = i > digits ? 0 : text[from + i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      micros = micros * 10 + digit;
    }
    return micros;
  }

  /** Negative where they are none. */
  private static int twoDigits(byte[] text, int at) {
    int tens = text[at] - '0';
    int ones = text[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }
}
