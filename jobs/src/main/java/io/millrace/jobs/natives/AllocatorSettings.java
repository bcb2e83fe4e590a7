package io.millrace.jobs.natives;

import com.sun.jna.NativeLibrary;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the C library keep large blocks that were freed, for the next one of that size. By default
 * it gives them back to the system at once: a network whose activations are allocated again in
 * every step then spends up to a third of its time on pages that the system fills with zeros. The
 * process keeps the memory of its largest step.
 */
public final class AllocatorSettings {
  private static final Logger LOG = LoggerFactory.getLogger(AllocatorSettings.class);
  // Numbers as in malloc.h.
  private static final int TRIM_THRESHOLD = -1;
  private static final int TOP_PAD = -2;
  private static final int MMAP_MAX = -4;
  // An arena's heaps are of 64 MiB: with more than that to spare, an empty one is kept.
  private static final int SPARE = 128 << 20;

  // Read by libtorch when it allocates for the first time.
  private static final String LARGE_PAGES = "THP_MEM_ALLOC_ENABLE";

  private AllocatorSettings() {}

  /** Sets it for this process, unless its environment has settings of its own. */
  public static void keepLargeBlocks() {
    if (!setBy(System.getenv())) {
      set(TRIM_THRESHOLD, Integer.MAX_VALUE);
      set(TOP_PAD, SPARE);
      set(MMAP_MAX, 0);
    }
  }

  /** Whether an environment has settings of its own. */
  static boolean setBy(Map<String, String> environment) {
    return environment.keySet().stream()
        .anyMatch(name -> name.startsWith("MALLOC_") || name.equals("GLIBC_TUNABLES"));
  }

  /**
   * Lets libtorch ask the system for large pages of memory, unless the environment decides it: the
   * weights of a large network are gone through from end to end in every step.
   */
  public static void largePages() {
    NativeLibrary.getInstance("c")
        .getFunction("setenv")
        .invokeInt(new Object[] {LARGE_PAGES, "1", 0});
  }

  private static void set(int option, int value) {
    try {
      NativeLibrary.getInstance("c").getFunction("mallopt").invokeInt(new Object[] {option, value});
    } catch (UnsatisfiedLinkError e) {
      LOG.info("Training is slower than it could be: there is no mallopt in this C library", e);
    }
  }
}
