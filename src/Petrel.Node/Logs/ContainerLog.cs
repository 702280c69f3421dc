using System.Diagnostics.CodeAnalysis;

namespace Petrel.Node.Logs;

/// <summary>Where the log of one container instance is, or why there is none to read.</summary>
public sealed record ContainerLog
{
    private ContainerLog(string? path, Task ended, LogRefusal? refusal)
    {
        Path = path;
        Ended = ended;
        Refusal = refusal;
    }

    public string? Path { get; }

    /// <summary>Completes when the container has ended and its output is in the file: following ends then.</summary>
    public Task Ended { get; }

    public LogRefusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Path))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsFound => Path is not null;

    public static ContainerLog At(string path, Task ended) => new(path, ended, null);

    public static ContainerLog Refused(int statusCode, string message) => new(null, Task.CompletedTask, new LogRefusal(statusCode, message));
}
