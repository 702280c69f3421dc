namespace Petrel.Linux.Processes;

/// <summary>A helper program to run to its end.</summary>
public sealed record Command(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>What the program reads from its standard input; by default nothing.</summary>
    public Stream? Input { get; init; }

    /// <summary>Added to this process's own environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Longest run; the program and its children are killed at its end.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How much of each output is kept, in characters; what follows is read and dropped.</summary>
    public int MaxOutputCharacters { get; init; } = 1024 * 1024;

    public override string ToString() => string.Join(' ', [Program, .. Arguments]);
}
