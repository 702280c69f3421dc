namespace Petrel.Scheduler.Framework;

/// <summary>What plugins found out about the pod of one cycle, each under its own type.</summary>
internal sealed class CycleState
{
    private readonly Dictionary<Type, ICycleData> _data;

    public CycleState() => _data = [];

    private CycleState(CycleState other)
    {
        _data = other._data.ToDictionary(static pair => pair.Key, static pair => pair.Value.Clone());
        Filters = other.Filters;
        Scores = other.Scores;
    }

    /// <summary>Filters that have something to say about the pod.</summary>
    public IFilterPlugin[] Filters { get; set; } = [];

    /// <summary>Score plugins that have something to say about the pod.</summary>
    public WeightedScore[] Scores { get; set; } = [];

    public void Set<T>(T data) where T : ICycleData => _data[typeof(T)] = data;

    /// <exception cref="InvalidOperationException">The plugin's earlier step did not run.</exception>
    public T Get<T>() where T : class, ICycleData =>
        _data.TryGetValue(typeof(T), out var data) ? (T)data : throw new InvalidOperationException($"no {typeof(T).Name} in this cycle");

    public T? Find<T>() where T : class, ICycleData => _data.TryGetValue(typeof(T), out var data) ? (T)data : null;

    /// <summary>A copy to try out what would be if pods came or went.</summary>
    public CycleState Clone() => new(this);
}

/// <summary>Data of one plugin in a <see cref="CycleState"/>.</summary>
internal interface ICycleData
{
    /// <summary>An independent copy; itself when it never changes after it was written.</summary>
    ICycleData Clone();
}

/// <summary>A score plugin and how much it counts.</summary>
internal readonly record struct WeightedScore(IScorePlugin Plugin, int Weight);
