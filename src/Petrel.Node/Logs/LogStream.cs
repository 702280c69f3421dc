namespace Petrel.Node.Logs;

/// <summary>Which of a container's outputs to read (PodLogOptions.stream).</summary>
public enum LogStream
{
    All,
    Stdout,
    Stderr,
}
