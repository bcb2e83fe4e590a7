package io.millrace.jobs.transform;

import io.millrace.pipeline.spec.ShortForm;
import java.io.Serializable;
import org.apiguardian.api.API;

/**
 * One step of an augmentation chain, as configured: {@code { pad-reflect = 4 }}. All except {@link
 * Mixing} work on unsigned bytes, 0..255, before they are normalised. Random numbers are drawn for
 * each picture and epoch ({@link Draws}).
 *
 * <p>There are five kinds, which a chain applies differently; each is open: the transforms are
 * listed in {@code META-INF/millrace/io.millrace.jobs.transform.Transform}, and a jar may list its
 * own.
 */
@API(status = API.Status.EXPERIMENTAL)
public sealed interface Transform extends Serializable
    permits Moving, Warping, Editing, Composite, Mixing {
  /** The shortest form in a pipeline file: {@code random-crop = 32}. */
  default String text() {
    return ShortForm.of((Record) this);
  }

  /** The size of a picture after this transform, or why it does not fit. */
  default Sizes through(Sizes sizes) {
    return sizes;
  }
}
