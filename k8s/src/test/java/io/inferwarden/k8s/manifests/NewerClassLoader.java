package io.inferwarden.k8s.manifests;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Loads classes that were compiled for a newer Java than this one, by saying that they were not.
 * That works for those which use nothing newer but the exception of a {@code switch} without a
 * match; that one is replaced.
 */
final class NewerClassLoader extends ClassLoader {
  private static final int VERSION = 6;
  private static final byte TEXT = 1;
  private static final byte[] NEW = constant("java/lang/MatchException");
  private static final byte[] OLD = constant("java/lang/IllegalStateException");

  private final String prefix;

  /**
   * @param prefix of the names of the classes that are loaded so
   */
  NewerClassLoader(ClassLoader parent, String prefix) {
    super(parent);
    this.prefix = prefix;
  }

  /**
   * Runs a program of such classes.
   *
   * @param arguments the prefix of their names, the class to run, and its own arguments
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Class<?> program =
        new NewerClassLoader(NewerClassLoader.class.getClassLoader(), arguments[0])
            .loadClass(arguments[1]);
    Method main = program.getDeclaredMethod("main", String[].class);
    main.setAccessible(true);
    main.invoke(null, (Object) Arrays.copyOfRange(arguments, 2, arguments.length));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(prefix)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = withOldException(in.readAllBytes());
      ByteBuffer header = ByteBuffer.wrap(bytes);
      short own = (short) (Runtime.version().feature() + 44);
      if (header.getShort(VERSION) > own) {
        header.putShort(VERSION, own);
      }
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** A name among the constants of a class: its tag, its length and its bytes. */
  private static byte[] constant(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(3 + text.length)
        .put(TEXT)
        .putShort((short) text.length)
        .put(text)
        .array();
  }

  private static byte[] withOldException(byte[] bytes) {
    int at = indexOf(bytes, NEW);
    if (at < 0) {
      return bytes;
    }
    return ByteBuffer.allocate(bytes.length - NEW.length + OLD.length)
        .put(bytes, 0, at)
        .put(OLD)
        .put(bytes, at + NEW.length, bytes.length - at - NEW.length)
        .array();
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int at = 0; at <= bytes.length - wanted.length; at++) {
      if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }
}
