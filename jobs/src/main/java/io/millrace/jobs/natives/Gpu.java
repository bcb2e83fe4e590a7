package io.millrace.jobs.natives;

/**
 * A GPU.
 *
 * @param name as its maker calls it
 * @param major of its compute capability
 * @param minor of its compute capability, 0..9
 */
public record Gpu(String name, int major, int minor) {
  /** Its compute capability, e.g. {@code 8.6}. */
  public String capability() {
    return major + "." + minor;
  }

  /** E.g. {@code NVIDIA A10 (compute capability 8.6)}. */
  @Override
  public String toString() {
    return name + " (compute capability " + capability() + ")";
  }
}
