namespace Petrel.Storage;

/// <summary>
/// A store cannot be opened because durable data is damaged or missing. Nothing has been changed. This is never the
/// trace of a crash, which leaves at most an unfinished write at the end of the log.
/// </summary>
public sealed class StoreCorruptException : IOException
{
    public StoreCorruptException()
    {
    }

    public StoreCorruptException(string message)
        : base(message)
    {
    }

    public StoreCorruptException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Names the file, the place in it, and what is wrong.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Where in the file, in bytes.</param>
    /// <param name="problem">What is wrong there: the middle of a sentence.</param>
    /// <param name="alternative">What else than restoring a backup would help: a sentence, or empty.</param>
    public StoreCorruptException(string path, long offset, string problem, string alternative = "")
        : base($"The store file '{path}' cannot be used: at byte {offset}, {problem}. Nothing was changed. "
            + $"Restore the directory from a backup. {alternative}".TrimEnd())
    {
        Path = path;
        Offset = offset;
    }

    /// <summary>The file, when it is known.</summary>
    public string? Path { get; }

    /// <summary>Where in the file.</summary>
    public long Offset { get; }
}
