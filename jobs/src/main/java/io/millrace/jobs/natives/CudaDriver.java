package io.millrace.jobs.natives;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.Holder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * NVIDIA's driver. It is asked for the GPUs that this process may compute on before any library of
 * CUDA is loaded: where there is no GPU, or one that they do not support, those libraries end the
 * process or print messages that do not help.
 */
public final class CudaDriver {
  private static final String LIBRARY = "libcuda.so.1";
  private static final String WHAT = "compute on a GPU";
  // Numbers and names as in cuda.h.
  private static final int NO_DEVICE = 100;
  private static final int MAJOR = 75;
  private static final int MINOR = 76;
  private static final int LONGEST_NAME = 256;

  private final NativeLibrary driver;

  private CudaDriver(NativeLibrary driver) {
    this.driver = driver;
  }

  /** Whether this machine has one. */
  public static boolean isThere() {
    try {
      load();
      return true;
    } catch (CannotException e) {
      return false;
    }
  }

  /**
   * Loads the driver of this machine.
   *
   * @throws CannotException if there is none
   */
  public static CudaDriver load() {
    try {
      NativeLibraries.load(() -> NativeLibrary.getInstance(LIBRARY));
      return new CudaDriver(NativeLibrary.getInstance(LIBRARY));
    } catch (UnsatisfiedLinkError e) {
      throw new CannotException(
          WHAT,
          "there is no NVIDIA driver on "
              + Holder.self().host()
              + " ("
              + LIBRARY
              + " is not found); use a machine with a GPU, or the build of Millrace for the CPU",
          e);
    }
  }

  /**
   * Lets this process see one GPU alone. Has an effect only before the driver is first used.
   *
   * @param address as Spark knows it
   */
  public static void show(String address) {
    set("CUDA_VISIBLE_DEVICES", address);
  }

  /**
   * Lets CUDA number GPUs as nvidia-smi does, not the fastest first. Has an effect only before the
   * driver is first used.
   */
  public static void numberByBus() {
    set("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
  }

  /** Java's own view of the environment does not change. */
  private static void set(String variable, String value) {
    NativeLibrary.getInstance("c")
        .getFunction("setenv")
        .invokeInt(new Object[] {variable, value, 1});
  }

  /**
   * The GPUs, in CUDA's order; at least one.
   *
   * @throws CannotException if there is none, or the driver does not work
   */
  public List<Gpu> gpus() {
    int started = call("cuInit", 0);
    IntByReference count = new IntByReference();
    if (started != NO_DEVICE) {
      check(started, "cuInit");
      check(call("cuDeviceGetCount", count), "cuDeviceGetCount");
    }
    if (count.getValue() == 0) {
      throw new CannotException(
          WHAT,
          "there is an NVIDIA driver on "
              + Holder.self().host()
              + " and no GPU that this process may see; is CUDA_VISIBLE_DEVICES set?");
    }
    List<Gpu> gpus = new ArrayList<>();
    for (int i = 0; i < count.getValue(); i++) {
      IntByReference device = new IntByReference();
      check(call("cuDeviceGet", device, i), "cuDeviceGet");
      byte[] name = new byte[LONGEST_NAME];
      check(call("cuDeviceGetName", name, name.length, device.getValue()), "cuDeviceGetName");
      gpus.add(
          new Gpu(
              new String(name, StandardCharsets.UTF_8).split("\0", -1)[0],
              attribute(MAJOR, device.getValue()),
              attribute(MINOR, device.getValue())));
    }
    return List.copyOf(gpus);
  }

  /** The newest CUDA that the driver supports, as 1000 times its major and 10 times its minor. */
  public int newestCuda() {
    IntByReference version = new IntByReference();
    check(call("cuDriverGetVersion", version), "cuDriverGetVersion");
    return version.getValue();
  }

  private int attribute(int number, int device) {
    IntByReference value = new IntByReference();
    check(call("cuDeviceGetAttribute", value, number, device), "cuDeviceGetAttribute");
    return value.getValue();
  }

  private int call(String function, Object... arguments) {
    return driver.getFunction(function, Function.C_CONVENTION).invokeInt(arguments);
  }

  private static void check(int status, String function) {
    if (status != 0) {
      throw new CannotException(
          WHAT,
          String.format(
              Locale.ROOT,
              "the NVIDIA driver on %s does not work: %s gives error %d of cuda.h; does nvidia-smi work there?",
              Holder.self().host(),
              function,
              status));
    }
  }
}
