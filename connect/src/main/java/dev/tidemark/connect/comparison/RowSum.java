package dev.tidemark.connect.comparison;

import java.math.BigInteger;
import java.util.Objects;

/**
 * Some rows of one side.
 *
 * @param rows how many there are
 * @param checksum sum of their fingerprints, so that a row which stands there twice counts twice
 */
public record RowSum(long rows, BigInteger checksum) {

  public static final RowSum NONE = new RowSum(0, BigInteger.ZERO);

  private static final int HALF = 30;
  private static final long LOW_HALF = (1L << HALF) - 1;

  public RowSum {
    Objects.requireNonNull(checksum, "checksum");
  }

  /** These rows and those. */
  public RowSum plus(RowSum more) {
    return new RowSum(rows + more.rows, checksum.add(more.checksum));
  }

  /** Fingerprints have 60 bits, so that a long holds the sum of as many halves as a list can be. */
  static RowSum of(RowList list) {
    long high = 0;
    long low = 0;
    for (int row = 0; row < list.size(); row++) {
      high += list.fingerprint(row) >>> HALF;
      low += list.fingerprint(row) & LOW_HALF;
    }
    return new RowSum(
        list.size(), BigInteger.valueOf(high).shiftLeft(HALF).add(BigInteger.valueOf(low)));
  }
}
