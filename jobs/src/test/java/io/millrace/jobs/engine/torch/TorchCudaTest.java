package io.millrace.jobs.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.engine.Precision;
import io.millrace.jobs.testing.FakeCudaDriver;
import io.millrace.pipeline.CannotException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On machines without a GPU. */
class TorchCudaTest {
  @TempDir static Path folder;
  private static FakeCudaDriver driver;

  @BeforeAll
  static void build() throws Exception {
    driver = FakeCudaDriver.in(folder);
  }

  @Test
  void choosesPrecisionThatTheGpuIsFastIn() throws Exception {
    assertThat(precisions("13010 H200 9 0")).containsExactly("BF16", "FP32", "BF16", "FP16");
    assertThat(precisions("13010 T4 7 5"))
        .containsExactly(
            "FP32",
            "FP32",
            "Cannot compute in bf16: it is for GPUs of compute capability 8.0 and later, and here is T4 of all by PCI_BUS_ID (compute capability 7.5); take precision = fp16, or fp32",
            "FP16");
  }

  @Test
  void driverOfSparkWithoutGpuLeavesPrecisionToTheUser() throws Exception {
    assertThat(FakeCudaDriver.missingIn(folder).asked(Ask.class, Map.of()).lines())
        .containsExactly("FP32", "FP32", "BF16", "FP16");
  }

  @Test
  void refusesGpusAndDriversThatItsCodeIsNotFor() throws Exception {
    assertThat(precisions("13010 V100 7 0"))
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("Cannot compute on V100")
                    .contains("libtorch's CUDA code is for compute capability 7.5 to 12.9"));
    assertThat(precisions("12080 H200 9 0"))
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains("its driver supports CUDA up to 12.8 and libtorch needs 13.0")
                    .endsWith("install driver 580 or newer"));
    assertThat(precisions("13000 B200 10 0")).startsWith("BF16");
  }

  private static String[] precisions(String gpu) throws Exception {
    return driver.asked(Ask.class, Map.of("FAKE_CUDA", gpu)).split("\n", -1);
  }

  /** Prints what each precision becomes in its process. */
  static final class Ask {
    private Ask() {}

    public static void main(String[] arguments) {
      for (Precision asked : Precision.values()) {
        try {
          System.out.println(TorchCuda.precision(asked));
        } catch (CannotException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }
}
