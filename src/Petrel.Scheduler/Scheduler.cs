using Microsoft.Extensions.Logging;
using Petrel.Client.Api;
using Petrel.Client.Events;
using Petrel.Client.Informers;
using Petrel.Scheduler.Cycle;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler;

/// <summary>
/// Gives pods their nodes. All it knows it learns from the API, so it can be killed and started again at any time; exactly one
/// may run per scheduler name.
/// </summary>
public sealed partial class Scheduler
{
    private readonly SchedulerOptions _options;
    private readonly IApi _api;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logging;
    private readonly ILogger _logger;
    private readonly Func<PluginServices, IReadOnlyList<ProfileEntry>> _plugins;

    /// <param name="api">The API as <c>system:kube-scheduler</c>.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Scheduler(SchedulerOptions options, IApi api, TimeProvider time, ILoggerFactory logging)
        : this(options, api, time, logging, DefaultProfile.Plugins)
    {
    }

    internal Scheduler(SchedulerOptions options, IApi api, TimeProvider time, ILoggerFactory logging, Func<PluginServices, IReadOnlyList<ProfileEntry>> plugins)
    {
        options.Check();
        (_options, _api, _time, _logging, _plugins) = (options, api, time, logging, plugins);
        _logger = logging.CreateLogger<Scheduler>();
    }

    /// <summary>Runs until cancelled; outlives every failure of the server. Throws when a part of it ends by a bug.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var informers = new InformerFactory(_api, _time, _logging.CreateLogger<InformerFactory>());
        await using var events = new SeriesRecorder(_api, _options.SchedulerName, Environment.MachineName, _time, _logging.CreateLogger<SeriesRecorder>());
        using var background = new BackgroundWork(_options.ParallelWritesMax);
        var (namespaces, waiting, nominated, cache) = (new NamespaceLabels(), new WaitingPods(_time), new NominatedPods(), new NodeCache());

        // 1. The plugins, and the steps that run them.
        var profile = new Profile(_plugins(new PluginServices(_api, informers, events, namespaces, waiting, _options, _time)));
        using var queue = new SchedulingQueue(profile, _options, _time);
        var filters = new NodeFilter(profile, nominated);
        var report = new FailureReport(new PodStatusWriter(_api, _time), events, _logger);
        var scheduling = new SchedulingCycle(profile, filters, _options, Random.Shared);
        var binding = new BindingCycle(profile, cache, waiting);
        var loop = new SchedulingLoop(queue, cache, nominated, scheduling, binding, report, events, background, _logger);

        // 2. What the cluster looks like; nothing is scheduled before that is known.
        new ClusterWatch(_options, cache, queue, nominated, namespaces, waiting).Subscribe(informers);
        informers.Start();
        await informers.WaitForSyncAsync(cancellationToken);
        Log.Started(_logger, _options.SchedulerName);

        // 3. One pod after the other.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new[] { loop.RunAsync(stop.Token), informers.Failure.WaitAsync(stop.Token), background.Failure.WaitAsync(stop.Token) };
        await Task.WhenAny(running);
        await stop.CancelAsync();
        await background.EndAsync();
        try
        {
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !Array.Exists(running, static task => task.IsFaulted))
        {
            // Stopped as asked.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Name} runs")]
        public static partial void Started(ILogger logger, string name);
    }
}
