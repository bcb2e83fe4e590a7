package io.millrace.jobs.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.CannotException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessorTest {
  private static final Processor NARROW =
      Processor.parse(
          List.of("processor\t: 0", "flags\t\t: fpu sse4_1 avx fma avx2", "bogomips: 1"));
  private static final Processor WIDE =
      Processor.parse(List.of("flags\t\t: avx fma avx2 avx512f avx512bw avx512vl avx512dq"));

  @Test
  void refusesOtherSystemsInOneSentence() {
    assertThatCode(() -> Processor.checkSystem("Linux", "amd64")).doesNotThrowAnyException();
    assertThatThrownBy(() -> Processor.checkSystem("Mac OS X", "aarch64"))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot train or predict here: ")
        .hasMessageContaining("this is Mac OS X on aarch64");
  }

  @Test
  void refusesProcessorWithoutAvx2() {
    assertThatCode(NARROW::check).doesNotThrowAnyException();
    for (String flags : List.of("flags: fpu sse avx", "no such line")) {
      assertThatThrownBy(Processor.parse(List.of(flags))::check)
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("AVX2");
    }
  }

  @Test
  void instructionSetIsTheWidestUnlessCapped() {
    assertThat(NARROW.instructionSet(Map.of())).isEqualTo("avx2");
    assertThat(WIDE.instructionSet(Map.of())).isEqualTo("avx512");
    assertThat(WIDE.instructionSet(Map.of("ONEDNN_MAX_CPU_ISA", "AVX2"))).isEqualTo("avx2");
    assertThat(WIDE.instructionSet(Map.of("DNNL_MAX_CPU_ISA", "sse41"))).isEqualTo("sse41");
  }
}
