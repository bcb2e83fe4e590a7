package io.millrace.jobs.engine.torch;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * The native threads of a network's passes: OpenMP's of the calling thread, and one of OpenBLAS,
 * which is for the whole process.
 *
 * @param threads of OpenMP
 */
record TorchThreads(int threads) {
  /** Sets them for all later computations of this thread. */
  void take() {
    // libtorch sets a thread's number once by itself, at the first question; only after that does
    // a number that is set stay.
    if (torch.get_num_threads() != threads) {
      torch.set_num_threads(threads);
    }
    // OpenBLAS has threads of its own, for the whole process, by which bits of sums depend on who
    // else computes. ND4J sets them, too.
    openblas_nolapack.blas_set_num_threads(1);
  }
}
