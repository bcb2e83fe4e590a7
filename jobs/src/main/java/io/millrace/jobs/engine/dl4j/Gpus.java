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
  // nd4j-cuda-11.6 contains machine code for these compute capabilities, and nothing that a driver
  // could translate for later ones. A GPU also runs code for lower minor numbers of its own major
  // number.
  private static final int OLDEST = 37;
  private static final int NEWEST = 89;
  private static final String SUPPORTED = "3.7 to 8.9 (Kepler to Ada)";
  // CUDA 11.6 in the driver's numbering.
  private static final int CUDA = 11_060;
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private static List<Gpu> all;

  private Gpus() {}

  /**
   * Checks the GPUs, once in a process and before ND4J does: if ND4J finds none that fits, it ends
   * the process.
   *
   * @throws CannotException if there is no GPU that can run ND4J's code
   */
  static synchronized List<Gpu> checked() {
    if (all == null) {
      CudaDriver driver = CudaDriver.load();
      CudaDriver.numberByBus();
      // ND4J opens every GPU that it sees, also those of other executors on this machine.
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
   * @param newestCuda the newest version that the driver supports
   */
  static void check(List<Gpu> gpus, int newestCuda) {
    for (Gpu gpu : gpus) {
      int capability = gpu.major() * 10 + gpu.minor();
      if (capability < OLDEST || capability > NEWEST) {
        throw new CannotException(
            "compute on " + gpu,
            "ND4J's CUDA code is for compute capability "
                + SUPPORTED
                + "; choose such a GPU with CUDA_VISIBLE_DEVICES, or take the build of Millrace"
                + " for the CPU");
      }
    }
    if (newestCuda < CUDA) {
      throw new CannotException(
          "compute on " + gpus.get(0),
          "its driver supports CUDA up to %d.%d and ND4J needs 11.6; install driver 510 or newer"
              .formatted(newestCuda / 1000, newestCuda % 1000 / 10));
    }
  }

  /** The number of this thread's task's GPU among those that ND4J sees. */
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
   * @param address that Spark gave the task: a number as in nvidia-smi
   * @param visible the value of CUDA_VISIBLE_DEVICES
   * @param task the task's number: without an address, GPUs are given to tasks in turn
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
          "it is not one of the %d GPUs that this process sees%s; check that the discovery script uses nvidia-smi's numbers"
              .formatted(
                  count, visible.map(list -> " (CUDA_VISIBLE_DEVICES=" + list + ")").orElse("")));
    }
    return number;
  }
}
