namespace Petrel.Storage;

/// <summary>The medium failed or the store is closed: the operation may be retried later. The message says what happened to which file.</summary>
public sealed class StoreUnavailableException : IOException
{
    public StoreUnavailableException()
    {
    }

    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>True when there was no space left; the store goes on as soon as there is.</summary>
    public bool IsOutOfSpace { get; init; }
}
