namespace Petrel.ApiServer.Pki;

/// <summary>The folder of keys and certificates cannot be used. The message says what is wrong and what to do.</summary>
public sealed class PkiException : Exception
{
    public PkiException(string message)
        : base(message)
    {
    }

    public PkiException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public PkiException()
    {
    }
}
