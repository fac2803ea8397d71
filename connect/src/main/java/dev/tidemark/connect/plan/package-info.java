/** What a plan asks of databases beside their catalogs. */
@NullMarked
package dev.tidemark.connect.plan;

import org.jspecify.annotations.NullMarked;
