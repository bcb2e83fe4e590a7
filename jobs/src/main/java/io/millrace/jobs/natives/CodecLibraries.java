package io.millrace.jobs.natives;

import com.github.luben.zstd.util.Native;
import com.github.luben.zstd.util.ZstdVersion;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import net.jpountz.lz4.LZ4Factory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xerial.snappy.SnappyLoader;

/**
 * The native code of the codecs that Spark and Parquet use. By themselves these libraries would
 * unpack a copy into the temporary folder in every process: a killed process would leave it there,
 * and in a folder that is mounted noexec it could not be loaded. Instead one copy is kept beside
 * the other native libraries. Where that fails, the libraries do it their own way.
 */
public final class CodecLibraries {
  private static final Logger LOG = LoggerFactory.getLogger(CodecLibraries.class);
  private static final String ZSTD_PATH = "ZstdNativePath";
  private static final String SNAPPY_PATH = SnappyLoader.KEY_SNAPPY_LIB_PATH;
  private static final String LZ4_FILE = "liblz4-java.so";
  private static final String ZSTD_FILE = "libzstd-jni-" + ZstdVersion.VERSION + ".so";
  private static final String SNAPPY_FILE = "libsnappyjava.so";
  private static final Map<String, String> RESOURCES =
      Map.of(
          LZ4_FILE, "/net/jpountz/util/linux/amd64/" + LZ4_FILE,
          ZSTD_FILE, "/linux/amd64/" + ZSTD_FILE,
          SNAPPY_FILE, "/org/xerial/snappy/native/Linux/x86_64/" + SNAPPY_FILE);

  private static Optional<Path> folder = Optional.empty();
  private static boolean loaded;

  private CodecLibraries() {}

  /**
   * Loads them unless they are loaded.
   *
   * @throws CannotException if the one that shards need can't be loaded from anywhere
   */
  public static synchronized void load() {
    if (loaded) {
      return;
    }
    Path preferred = NativeFolder.preferred(System.getenv(), System.getProperty("user.home"));
    try {
      NativeFolder.locked(preferred, CodecLibraries::loadIn);
    } catch (CannotException e) {
      LOG.warn("The codecs' libraries are unpacked to the temporary folder: {}", e.getMessage());
    }
    requireZstd();
    loaded = true;
  }

  /**
   * The folder that they are in, under the file names that Java looks for; empty if they could not
   * be written.
   */
  public static synchronized Optional<Path> folder() {
    return folder;
  }

  /** The option by which another JVM finds the one library that is not found by its file name. */
  public static String option(Path folder) {
    return "-D" + SNAPPY_PATH + "=" + folder;
  }

  private static void loadIn(Path natives) {
    try {
      Path own = natives.resolve("codecs").resolve(version());
      UnpackedFiles.write(own, RESOURCES);
      loadLz4(own.resolve(LZ4_FILE));
      setDefault(ZSTD_PATH, own.resolve(ZSTD_FILE).toString());
      setDefault(SNAPPY_PATH, own.toString());
      setDefault(SnappyLoader.KEY_SNAPPY_LIB_NAME, SNAPPY_FILE);
      folder = Optional.of(own);
    } catch (IOException | LinkageError | ReflectiveOperationException e) {
      LOG.warn("The codecs' libraries are unpacked to the temporary folder, not to {}", natives, e);
    }
  }

  /** Part of the folder's name, so that libraries of another version are not loaded. */
  private static String version() throws IOException {
    StringBuilder names = new StringBuilder();
    for (Class<?> type : new Class<?>[] {LZ4Factory.class, Native.class, SnappyLoader.class}) {
      try {
        Path jar = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        names.append(names.isEmpty() ? "" : "+");
        names.append(jar.getFileName().toString().replaceAll("\\.jar$|[^A-Za-z0-9._-]", ""));
        names.append('-').append(Files.size(jar));
      } catch (URISyntaxException e) {
        throw new IOException(e);
      }
    }
    return names.toString();
  }

  /**
   * lz4 has no setting for the path, so it is told that it is loaded. Native code belongs to one
   * class loader.
   */
  private static void loadLz4(Path file) throws ReflectiveOperationException {
    ClassLoader here = CodecLibraries.class.getClassLoader();
    Class<?> loader = Class.forName("net.jpountz.util.Native", true, here);
    if (loader.getClassLoader() == here) {
      Field known = loader.getDeclaredField("loaded");
      known.setAccessible(true);
      if (!known.getBoolean(null)) {
        System.load(file.toString());
        known.setBoolean(null, true);
      }
    }
  }

  private static void requireZstd() {
    try {
      Native.load();
    } catch (LinkageError there) {
      String refused = System.clearProperty(ZSTD_PATH);
      try {
        Native.load();
      } catch (LinkageError here) {
        throw new CannotException(
            "load the zstd codec",
            "its library can be loaded neither from "
                + (refused == null
                    ? "the folder of native libraries"
                    : Path.of(refused).getParent())
                + " nor from the temporary folder "
                + System.getProperty("java.io.tmpdir")
                + "; both are full or mounted noexec: set XDG_CACHE_HOME to a folder that is not",
            here);
      }
    }
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
