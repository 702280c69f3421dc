namespace Petrel.Program.Setup;

/// <summary>The cluster cannot be set up, started or stopped; the message says why and what to do.</summary>
internal sealed class SetupException : Exception
{
    public SetupException(string message) : base(message)
    {
    }

    public SetupException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
