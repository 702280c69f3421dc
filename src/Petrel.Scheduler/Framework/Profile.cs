namespace Petrel.Scheduler.Framework;

/// <summary>The plugins of a scheduler by the steps they take part in, each step in the order of the list.</summary>
internal sealed class Profile
{
    /// <exception cref="ArgumentException">Two plugins have one name, or there is not exactly one that sorts the queue.</exception>
    public Profile(IReadOnlyList<ProfileEntry> entries)
    {
        var plugins = entries.Select(static entry => entry.Plugin).ToList();
        if (plugins.GroupBy(static plugin => plugin.Name, StringComparer.Ordinal).FirstOrDefault(static same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"scheduler plugin {twice.Key} is listed twice", nameof(entries));
        }

        if (plugins.OfType<IQueueSortPlugin>().Count() != 1)
        {
            throw new ArgumentException("a scheduler needs exactly one plugin that sorts the queue", nameof(entries));
        }

        PreEnqueue = [.. plugins.OfType<IPreEnqueuePlugin>()];
        QueueSort = plugins.OfType<IQueueSortPlugin>().Single();
        PreFilter = [.. plugins.OfType<IPreFilterPlugin>()];
        PodChanges = [.. plugins.OfType<IPodChanges>()];
        Filter = [.. plugins.OfType<IFilterPlugin>()];
        PostFilter = [.. plugins.OfType<IPostFilterPlugin>()];
        PreScore = [.. plugins.OfType<IPreScorePlugin>()];
        Score = [.. entries.Where(static entry => entry.Plugin is IScorePlugin && entry.Weight > 0).Select(static entry => new WeightedScore((IScorePlugin)entry.Plugin, entry.Weight))];
        Reserve = [.. plugins.OfType<IReservePlugin>()];
        Permit = [.. plugins.OfType<IPermitPlugin>()];
        PreBind = [.. plugins.OfType<IPreBindPlugin>()];
        Bind = [.. plugins.OfType<IBindPlugin>()];
        PostBind = [.. plugins.OfType<IPostBindPlugin>()];
        Requeue = plugins.OfType<IRequeuePlugin>().ToDictionary(static plugin => plugin.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<IPreEnqueuePlugin> PreEnqueue { get; }

    public IQueueSortPlugin QueueSort { get; }

    public IReadOnlyList<IPreFilterPlugin> PreFilter { get; }

    public IReadOnlyList<IPodChanges> PodChanges { get; }

    public IFilterPlugin[] Filter { get; }

    public IReadOnlyList<IPostFilterPlugin> PostFilter { get; }

    public IReadOnlyList<IPreScorePlugin> PreScore { get; }

    public WeightedScore[] Score { get; }

    public IReadOnlyList<IReservePlugin> Reserve { get; }

    public IReadOnlyList<IPermitPlugin> Permit { get; }

    public IReadOnlyList<IPreBindPlugin> PreBind { get; }

    public IReadOnlyList<IBindPlugin> Bind { get; }

    public IReadOnlyList<IPostBindPlugin> PostBind { get; }

    /// <summary>By name of the plugin.</summary>
    public IReadOnlyDictionary<string, IRequeuePlugin> Requeue { get; }
}

/// <summary>A plugin in a profile.</summary>
/// <param name="Weight">What its score is multiplied with.</param>
internal readonly record struct ProfileEntry(IPlugin Plugin, int Weight = 0);
