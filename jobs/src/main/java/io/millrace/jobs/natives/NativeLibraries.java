package io.millrace.jobs.natives;

import io.millrace.pipeline.CannotException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads libraries that come through JavaCPP: settings first, since JavaCPP reads them once, then
 * the load under a lock. A setting that is given as a flag of Java is kept.
 */
public final class NativeLibraries {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);

  /** Where libraries are unpacked to. */
  public static final String FOLDER = "org.bytedeco.javacpp.cachedir";

  /** Bytes of native memory that JavaCPP allocates, at most. */
  public static final String MAX_BYTES = "org.bytedeco.javacpp.maxbytes";

  /** Bytes that the process may hold before JavaCPP collects and refuses. */
  public static final String MAX_PHYSICAL_BYTES = "org.bytedeco.javacpp.maxphysicalbytes";

  // By default JNA leaves a folder in the temporary one.
  private static final String FOLDER_OF_JNA = "jna.tmpdir";

  private NativeLibraries() {}

  /**
   * Loads with no other JVM doing so at the same time.
   *
   * @param loading touches the classes whose libraries are wanted
   * @throws CannotException if there is no folder to unpack to
   */
  public static synchronized void load(Runnable loading) {
    Path preferred = NativeFolder.preferred(System.getenv(), System.getProperty("user.home"));
    NativeFolder.locked(
        preferred,
        folder -> {
          MemoryLimits limits = MemoryLimits.ofThisMachine();
          setDefault(FOLDER, folder.toString());
          setDefault(FOLDER_OF_JNA, folder.toString());
          setDefault(MAX_BYTES, Long.toString(limits.offHeap()));
          setDefault(MAX_PHYSICAL_BYTES, Long.toString(limits.resident()));
          loading.run();
        });
  }

  /**
   * Unpacks and links libraries, within {@link #load}.
   *
   * @param what can't be done if it fails
   * @param linking touches the classes whose libraries are wanted
   * @throws CannotException if that fails
   */
  public static void link(String what, Runnable linking) {
    try {
      linking.run();
    } catch (LinkageError | RuntimeException e) {
      throw new CannotException(
          what,
          "unpacking or linking native code in "
              + System.getProperty(FOLDER)
              + " failed ("
              + e
              + "); is its disk full, or mounted noexec?",
          e);
    }
  }

  /** Where libraries are or will be unpacked to by this process. */
  public static Path folder() {
    String given = System.getProperty(FOLDER);
    return given == null
        ? NativeFolder.preferred(System.getenv(), System.getProperty("user.home"))
        : Path.of(given);
  }

  /**
   * Bytes of native arrays that this process may hold; no limit where a setting is not a number.
   */
  public static long maxBytes() {
    String given = System.getProperty(MAX_BYTES);
    if (given == null) {
      return MemoryLimits.ofThisMachine().offHeap();
    }
    return given.matches("[1-9][0-9]{0,17}") ? Long.parseLong(given) : Long.MAX_VALUE;
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
    LOG.info("{} = {}", property, System.getProperty(property));
  }
}
