package dev.tidemark.bench.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcLogTest {

  @TempDir private Path folder;

  @Test
  void findsTheMostThatWasInUseAroundPauses() throws Exception {
    Path file = folder.resolve("gc.log");
    Files.writeString(
        file,
        """
        [0.012s] Using G1
        [0.301s] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 23M->4M(256M) 3.102ms
        [1.700s] GC(1) Concurrent Mark Cycle
        [1.702s] GC(1) Pause Remark 210M->190M(512M) 2.001ms
        [2.500s] GC(2) Pause Young (Prepare Mixed) (G1 Evacuation Pause) 301M->88M(512M) 5.000ms
        """);
    assertThat(GcLog.read(file)).isEqualTo(new GcLog(3, 301, 190, 512));
  }
}
