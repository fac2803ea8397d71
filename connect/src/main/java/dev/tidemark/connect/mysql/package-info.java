/**
 * MySQL and MariaDB: their catalogs, how they spell values, how rows are read from them and merged
 * into them. Others know {@link MysqlDialect} alone.
 */
@NullMarked
package dev.tidemark.connect.mysql;

import org.jspecify.annotations.NullMarked;
