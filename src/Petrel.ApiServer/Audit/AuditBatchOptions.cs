namespace Petrel.ApiServer.Audit;

/// <summary>How a backend takes events: with the request waiting for it, or from a buffer in batches.</summary>
public sealed record AuditBatchOptions
{
    public const string BatchMode = "batch";
    public const string Blocking = "blocking";

    /// <summary>Like blocking; a request whose first event cannot be recorded is refused.</summary>
    public const string BlockingStrict = "blocking-strict";

    private static readonly string[] Modes = [BatchMode, Blocking, BlockingStrict];

    public string Mode { get; init; } = BatchMode;

    /// <summary>Events that wait to be sent; beyond it they are lost, and counted.</summary>
    public int BufferSize { get; init; } = 10_000;

    public int MaxBatchSize { get; init; } = 400;

    /// <summary>A batch that is not full goes out after this.</summary>
    public TimeSpan MaxBatchWait { get; init; } = TimeSpan.FromSeconds(30);

    public bool ThrottleEnable { get; init; } = true;

    /// <summary>Batches per second in the long run.</summary>
    public double ThrottleQps { get; init; } = 10;

    /// <summary>Batches at once.</summary>
    public int ThrottleBurst { get; init; } = 15;

    /// <param name="plugin">log or webhook.</param>
    internal IEnumerable<string> Problems(string plugin)
    {
        if (!Modes.Contains(Mode))
        {
            return [$"invalid audit {plugin} mode {Mode}, allowed modes are \"{string.Join(',', Modes)}\""];
        }

        return Mode == BatchMode ? BatchProblems(plugin) : [];
    }

    private IEnumerable<string> BatchProblems(string plugin)
    {
        var values = new (string Name, double Value, bool Counts)[]
        {
            ("buffer size", BufferSize, true),
            ("max batch size", MaxBatchSize, true),
            ("throttle QPS", ThrottleQps, ThrottleEnable),
            ("throttle burst", ThrottleBurst, ThrottleEnable),
        };
        return values.Where(static each => each is { Counts: true, Value: <= 0 })
            .Select(each => FormattableString.Invariant($"invalid audit batch {plugin} {each.Name} {each.Value}, must be a positive number"));
    }
}
