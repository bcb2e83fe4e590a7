package io.millrace.jobs.engine.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.natives.Gpu;
import io.millrace.jobs.testing.FakeCudaDriver;
import io.millrace.pipeline.CannotException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On machines without a GPU. */
class GpusTest {
  private static final CudaCode CODE =
      new CudaCode("ND4J", 37, 89, "3.7 to 8.9 (Kepler to Ada)", 11_060, 510);

  @TempDir static Path folder;
  private static FakeCudaDriver driver;

  @BeforeAll
  static void build() throws Exception {
    driver = FakeCudaDriver.in(folder);
  }

  @Test
  void listsGpusOfTheDriver() throws Exception {
    assertThat(asked(Map.of("FAKE_CUDA", "12020 A10 8 6")))
        .isEqualTo("[A10 of all by PCI_BUS_ID (compute capability 8.6)]");
  }

  @Test
  void obeysCudaVisibleDevices() throws Exception {
    assertThat(asked(Map.of("FAKE_CUDA", "12020 A10 8 6", "CUDA_VISIBLE_DEVICES", "3")))
        .contains("of 3 by PCI_BUS_ID");
  }

  @Test
  void reportsDriverWithoutGpus() throws Exception {
    assertThat(asked(Map.of("FAKE_CUDA", "12020")))
        .startsWith("Cannot compute on a GPU: there is an NVIDIA driver on ")
        .contains("and no GPU that this process may see");
  }

  @Test
  void reportsDriverThatDoesNotWork() throws Exception {
    assertThat(asked(Map.of())).contains("does not work: cuInit gives error 999");
  }

  @Test
  void reportsMissingDriver() throws Exception {
    assertThat(FakeCudaDriver.missingIn(folder).asked(Ask.class, Map.of()))
        .startsWith("Cannot compute on a GPU: there is no NVIDIA driver on ")
        .endsWith("or the build of Millrace for the CPU");
  }

  @Test
  void refusesGpuOfUnsupportedCapability() throws Exception {
    assertThat(asked(Map.of("FAKE_CUDA", "12020 H200 9 0")))
        .startsWith("Cannot compute on H200 of all by PCI_BUS_ID (compute capability 9.0): ")
        .contains("for compute capability 3.7 to 8.9");
    assertThat(asked(Map.of("FAKE_CUDA", "12020 K20 3 5"))).contains("(compute capability 3.5)");
    assertThat(asked(Map.of("FAKE_CUDA", "12020 L4 8 9"))).startsWith("[");
  }

  @Test
  void refusesDriverThatIsTooOld() throws Exception {
    assertThat(asked(Map.of("FAKE_CUDA", "11020 A10 8 6")))
        .contains("its driver supports CUDA up to 11.2 and ND4J needs 11.6");
  }

  @Test
  void numbersGpusAsTheProcessSeesThem() {
    assertThat(number(4, "2", null)).isEqualTo(2);
    assertThat(number(3, "5", "4, 7,5")).isEqualTo(2);
    assertThat(number(2, "GPU-b", "GPU-a,GPU-b")).isEqualTo(1);
    assertThat(number(1, "7", null)).as("the only GPU of this executor").isZero();
  }

  @Test
  void tasksWithoutAddressTakeTurns() {
    assertThat(Gpus.number(2, Optional.empty(), Optional.empty(), 0)).isZero();
    assertThat(Gpus.number(2, Optional.empty(), Optional.empty(), 3)).isEqualTo(1);
  }

  @Test
  void refusesAddressOfInvisibleGpu() {
    assertThatThrownBy(() -> number(2, "2", null))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("compute on GPU 2")
        .hasMessageContaining("2 GPUs that this process sees");
    assertThatThrownBy(() -> number(2, "0", "4,5"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("CUDA_VISIBLE_DEVICES=4,5");
  }

  @Test
  void printsNameAndCapability() {
    assertThat(new Gpu("A10", 8, 6)).hasToString("A10 (compute capability 8.6)");
  }

  private static int number(int count, String address, String visible) {
    return Gpus.number(count, Optional.of(address), Optional.ofNullable(visible), 0);
  }

  private static String asked(Map<String, String> environment) throws Exception {
    return driver.asked(Ask.class, environment);
  }

  /** Prints the GPUs of its process, or why there are none. */
  static final class Ask {
    private Ask() {}

    public static void main(String[] arguments) {
      try {
        System.out.println(Gpus.checked(CODE));
      } catch (CannotException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
