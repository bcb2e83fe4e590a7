package io.millrace.jobs.export;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The forms in which a model is exported. */
public enum ModelForm {
  /** Tensors by name, which PyTorch and others load. */
  SAFETENSORS("safetensors", "model.safetensors"),
  /** From pictures to probabilities, which any ONNX runtime computes. */
  ONNX("onnx", "model.onnx"),
  /** Deeplearning4j's own file. */
  DL4J_ZIP("dl4j-zip", "model.zip");

  private final String text;
  private final String file;

  ModelForm(String text, String file) {
    this.text = text;
    this.file = file;
  }

  /** Its name on the command line. */
  public String text() {
    return text;
  }

  /** The name of the file. */
  public String file() {
    return file;
  }

  /** The form of that name. */
  public static Optional<ModelForm> named(String text) {
    return Arrays.stream(values()).filter(it -> it.text.equals(text)).findFirst();
  }

  /** All names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(ModelForm::text).toList();
  }
}
