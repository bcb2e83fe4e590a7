package io.millrace.jobs.engine.gpu;

import io.millrace.jobs.natives.CudaDriver;
import io.millrace.jobs.natives.Gpu;
import io.millrace.jobs.spark.GpuSettings;
import io.millrace.pipeline.CannotException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The GPUs that an engine may compute on in this process, and which one a task has. */
public final class Gpus {
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private static List<Gpu> all;
  private static int newestCuda;

  private Gpus() {}

  /**
   * Checks the GPUs, before an engine's libraries do: where none fits, those end the process, or
   * say so without help.
   *
   * @return all that this process sees, at least one
   * @throws CannotException if there is no GPU that can run the code
   */
  public static synchronized List<Gpu> checked(CudaCode code) {
    if (all == null) {
      CudaDriver driver = CudaDriver.load();
      CudaDriver.numberByBus();
      // Libraries open every GPU that they see, also those of other executors on this machine.
      GpuSettings.addressOfTask()
          .filter(address -> GpuSettings.oneOfExecutor())
          .ifPresent(CudaDriver::show);
      List<Gpu> found = driver.gpus();
      newestCuda = driver.newestCuda();
      all = found;
    }
    code.check(all, newestCuda);
    return all;
  }

  /** The number of this thread's task's GPU among those that this process sees. */
  public static int ofTask(CudaCode code) {
    int count = checked(code).size();
    return number(
        count,
        GpuSettings.addressOfTask(),
        Optional.ofNullable(System.getenv(VISIBLE)),
        GpuSettings.numberOfTask());
  }

  /** The same as a device, such as {@code cuda:1}. */
  public static String deviceOfTask(CudaCode code) {
    return "cuda:" + ofTask(code);
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
