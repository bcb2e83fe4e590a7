package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.natives.CudaDriver;
import io.millrace.jobs.natives.Gpu;
import io.millrace.jobs.spark.GpuSettings;
import io.millrace.pipeline.CannotException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The GPUs that ND4J may compute on in this process, and which one a task has. */
final class Gpus {
  // nd4j-cuda-11.6 holds machine code for these, and nothing that a driver could translate for
  // later ones. A card runs the code of an earlier one of its own major number.
  private static final int OLDEST = 37;
  private static final int NEWEST = 89;
  private static final String SUPPORTED = "3.7 to 8.9 (Kepler to Ada)";
  // Of CUDA 11.6, as the driver counts.
  private static final int CUDA = 11_060;
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private static List<Gpu> all;

  private Gpus() {}

  /**
   * Looks for them, once in a process and before ND4J does, which would end it.
   *
   * @throws CannotException if there is none that ND4J's code fits
   */
  static synchronized List<Gpu> checked() {
    if (all == null) {
      CudaDriver driver = CudaDriver.load();
      CudaDriver.numberByBus();
      // ND4J opens every GPU that it sees, also those of the other executors on this machine.
      GpuSettings.addressOfTask()
          .filter(address -> GpuSettings.oneOfExecutor())
          .ifPresent(CudaDriver::show);
      List<Gpu> found = driver.gpus();
      check(found, driver.newestCuda());
      all = found;
    }
    return all;
  }

  /**
   * @param newestCuda that the driver serves
   */
  static void check(List<Gpu> gpus, int newestCuda) {
    for (Gpu gpu : gpus) {
      int capability = gpu.major() * 10 + gpu.minor();
      if (capability < OLDEST || capability > NEWEST) {
        throw new CannotException(
            "compute on " + gpu,
            "ND4J's CUDA code is for compute capability "
                + SUPPORTED
                + "; take such a card (CUDA_VISIBLE_DEVICES names those to see), or the build of Millrace for the CPU");
      }
    }
    if (newestCuda < CUDA) {
      throw new CannotException(
          "compute on " + gpus.get(0),
          "its driver serves CUDA up to %d.%d and ND4J needs 11.6; install driver 510 or newer"
              .formatted(newestCuda / 1000, newestCuda % 1000 / 10));
    }
  }

  /** The number, among those that ND4J sees, of the GPU of the task on this thread. */
  static int ofTask() {
    int count = checked().size();
    return number(
        count,
        GpuSettings.addressOfTask(),
        Optional.ofNullable(System.getenv(VISIBLE)),
        GpuSettings.numberOfTask());
  }

  /**
   * @param count of GPUs seen
   * @param address that Spark gave the task: a number as nvidia-smi counts
   * @param visible what the machine restricts CUDA to, in that order
   * @param task its number: without an address tasks take turns
   */
  static int number(int count, Optional<String> address, Optional<String> visible, int task) {
    if (address.isEmpty()) {
      return task % count;
    }
    if (count == 1) {
      return 0;
    }
    String wanted = address.get();
    int number =
        visible
            .map(list -> Arrays.stream(list.split(",", -1)).map(String::trim).toList())
            .map(list -> list.indexOf(wanted))
            .orElseGet(() -> wanted.matches("\\d{1,4}") ? Integer.parseInt(wanted) : -1);
    if (number < 0 || number >= count) {
      throw new CannotException(
          "compute on GPU " + wanted,
          "this process sees %d GPUs%s and that is none of them; does the discovery script count as nvidia-smi does?"
              .formatted(
                  count, visible.map(list -> " (CUDA_VISIBLE_DEVICES=" + list + ")").orElse("")));
    }
    return number;
  }
}
