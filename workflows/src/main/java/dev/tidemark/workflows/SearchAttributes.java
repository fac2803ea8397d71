package dev.tidemark.workflows;

import io.temporal.common.SearchAttributeKey;
import java.util.List;

/** Search attributes that make Temporal's own lists and Web UI useful. */
public final class SearchAttributes {

  /** Status in lower case: {@code running}, {@code completed}, {@code failed}, … */
  public static final SearchAttributeKey<String> STATUS =
      SearchAttributeKey.forKeyword("TidemarkStatus");

  /**
   * {@code batch}, {@code repair}, {@code table}, {@code schedule}, {@code verification}, {@code
   * letters}, {@code plan}, {@code notification}.
   */
  public static final SearchAttributeKey<String> KIND =
      SearchAttributeKey.forKeyword("TidemarkKind");

  /** Name of the batch in the configuration. */
  public static final SearchAttributeKey<String> BATCH =
      SearchAttributeKey.forKeyword("TidemarkBatch");

  /** Every connection that takes part. */
  public static final SearchAttributeKey<List<String>> CONNECTION =
      SearchAttributeKey.forKeywordList("TidemarkConnection");

  public static final List<SearchAttributeKey<?>> ALL = List.of(STATUS, KIND, BATCH, CONNECTION);

  private SearchAttributes() {}
}
