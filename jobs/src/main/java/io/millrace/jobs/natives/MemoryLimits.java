package io.millrace.jobs.natives;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory native code may use. JavaCPP's own default is the heap's limit, which has nothing
 * to do with off-heap needs.
 *
 * @param offHeap bytes of native arrays
 * @param resident bytes that the whole process may hold before JavaCPP collects and refuses
 */
record MemoryLimits(long offHeap, long resident) {
  // The rest is for the operating system and other processes.
  private static final double USABLE = 0.9;
  // Native code gets this share even if the heap may be as large as the machine: heaps are seldom
  // full.
  private static final double LEAST_OFF_HEAP = 0.25;

  /** For this JVM on this machine (or in this container). */
  static MemoryLimits ofThisMachine() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return of(Runtime.getRuntime().maxMemory(), system.getTotalMemorySize());
  }

  /**
   * @param heap the heap's limit in bytes
   * @param machine the machine's memory in bytes
   */
  static MemoryLimits of(long heap, long machine) {
    long resident = (long) (machine * USABLE);
    return new MemoryLimits(Math.max(resident - heap, (long) (machine * LEAST_OFF_HEAP)), resident);
  }
}
