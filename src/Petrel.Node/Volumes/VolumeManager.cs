using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Linux.Files;
using Petrel.Linux.Mounts;
using Petrel.Node.Objects;

namespace Petrel.Node.Volumes;

/// <summary>
/// Makes the volumes of pods, keeps their content up to date and takes them away. What is on disk and mounted is the only
/// record: after a restart of the node agent everything is found again.
/// </summary>
public sealed partial class VolumeManager : IDisposable
{
    // A refresh that failed is tried again after this.
    private static readonly TimeSpan RetryPause = TimeSpan.FromMinutes(1);

    private const UnixFileMode PodsMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    private static readonly string[] VolumeDirectories = ["volume-subpaths", "volumes", "plugins"];

    private readonly string _podsDirectory;
    private readonly IReadOnlyList<IVolumePlugin> _plugins;
    private readonly ServiceAccountTokens _tokens;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, PodVolumes> _pods = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();

    public VolumeManager(VolumeOptions options, NodeObjects objects, TimeProvider time, ILoggerFactory loggers)
    {
        _time = time;
        _logger = loggers.CreateLogger<VolumeManager>();
        var directory = Path.Combine(options.RootDirectory, "pods");
        Directory.CreateDirectory(directory);
        // Files in volumes may be readable for every user of their containers, but not for those of the node.
        File.SetUnixFileMode(directory, PodsMode);
        using var pods = PathHandle.Open(directory);
        // The table of mounts knows real paths only.
        _podsDirectory = pods.RealPath;
        _tokens = new ServiceAccountTokens(objects, time, _logger);
        _plugins = VolumePlugins.Create(objects, _tokens, options, time);
        SubPaths = new SubPaths(_podsDirectory);
    }

    /// <summary>Parts of volumes for the mounts of containers.</summary>
    public SubPaths SubPaths { get; }

    /// <summary>
    /// Makes what is missing of the pod's volumes and brings the content of the others up to date; all files of a volume
    /// change at once. Called at every synchronization of the pod: does little when there is nothing to do. Tokens are
    /// renewed in time without a call.
    /// </summary>
    /// <param name="pod">Its object as last seen.</param>
    /// <returns>The absolute path of each volume by its name.</returns>
    /// <exception cref="VolumeException">Some volumes cannot be made now; the others are.</exception>
    public async Task<IReadOnlyDictionary<string, string>> MountAsync(Pod pod, CancellationToken cancellationToken)
    {
        var state = await EnterAsync(pod.Metadata.Uid, cancellationToken);
        try
        {
            state.Pod = pod;
            return await MountAsync(state, pod, cancellationToken);
        }
        finally
        {
            ScheduleRefresh(state, pod.Metadata.Uid);
            state.Leave();
        }
    }

    /// <summary>
    /// Unmounts and removes the volumes of a pod whose containers have ended, with all their content that is not the node's;
    /// the rest of its directory stays. Does nothing when there are none.
    /// </summary>
    /// <exception cref="VolumeException">Something is still in use; nothing behind a mount was removed.</exception>
    public Task UnmountAsync(string podUid, CancellationToken cancellationToken) => UnmountAsync(podUid, static directory =>
    {
        // What is bound from volumes goes before them.
        foreach (var part in VolumeDirectories)
        {
            DirectoryRemoval.Remove(Path.Combine(directory, part));
        }
    }, cancellationToken);

    /// <summary>As <see cref="UnmountAsync(string, CancellationToken)"/>, and removes everything else that the node keeps of the pod.</summary>
    /// <exception cref="VolumeException">Something is still in use; nothing behind a mount was removed.</exception>
    public Task RemoveAsync(string podUid, CancellationToken cancellationToken) => UnmountAsync(podUid, DirectoryRemoval.Remove, cancellationToken);

    /// <summary>Uids of the pods that have a directory on this node, also those from before a restart.</summary>
    public IReadOnlyList<string> PodsOnDisk() => [.. Directory.EnumerateDirectories(_podsDirectory).Select(static path => Path.GetFileName(path))];

    public void Dispose()
    {
        _stop.Cancel();
        foreach (var state in _pods.Values)
        {
            state.Refresh?.Dispose();
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> MountAsync(PodVolumes state, Pod pod, CancellationToken cancellationToken)
    {
        var setUps = pod.Spec.Volumes.Select(volume => SetUpAsync(state, pod, volume, cancellationToken)).ToList();
        var outcomes = await Task.WhenAll(setUps);
        var problems = outcomes.Where(static outcome => outcome.Problem is not null).Select(static outcome => outcome.Problem!).ToList();
        if (problems.Count > 0)
        {
            throw new VolumeException(problems);
        }

        return outcomes.ToDictionary(static outcome => outcome.Name, static outcome => outcome.Path!, StringComparer.Ordinal);
    }

    private async Task<(string Name, string? Path, string? Problem)> SetUpAsync(PodVolumes state, Pod pod, Volume volume, CancellationToken cancellationToken)
    {
        bool isKnown;
        lock (state.Known)
        {
            isKnown = state.Known.Contains(volume.Name);
        }

        try
        {
            var target = new PodVolume(pod, volume, DirectoryOf(pod.Metadata.Uid)) { IsKnown = isKnown };
            var path = await _plugins.First(plugin => plugin.Handles(volume)).SetUpAsync(target, cancellationToken);
            lock (state.Known)
            {
                state.Known.Add(volume.Name);
            }

            return (volume.Name, path, null);
        }
        catch (Exception exception) when (exception is VolumeProblemException or ApiException or HttpRequestException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (volume.Name, null, VolumeException.SetUpProblem(volume.Name, exception.Message));
        }
    }

    private async Task UnmountAsync(string podUid, Action<string> remove, CancellationToken cancellationToken)
    {
        var state = await EnterAsync(podUid, cancellationToken);
        try
        {
            var directory = DirectoryOf(podUid);
            foreach (var mount in MountTable.Below(directory))
            {
                Mount.Remove(mount);
            }

            remove(directory);
            state.IsGone = true;
            state.Refresh?.Dispose();
            _tokens.Forget(podUid);
            _pods.TryRemove(podUid, out _);
        }
        catch (IOException exception)
        {
            throw new VolumeException($"UnmountVolume.TearDown failed for pod \"{podUid}\" : {exception.Message}", exception);
        }
        finally
        {
            state.Leave();
        }
    }

    private async Task<PodVolumes> EnterAsync(string podUid, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = _pods.GetOrAdd(podUid, static _ => new PodVolumes());
            await state.EnterAsync(cancellationToken);
            if (!state.IsGone)
            {
                return state;
            }

            state.Leave();
        }
    }

    /// <summary>Has a pod's volumes refreshed when its next token is due.</summary>
    private void ScheduleRefresh(PodVolumes state, string podUid)
    {
        state.Refresh?.Dispose();
        state.Refresh = null;
        if (_tokens.NextRefresh(podUid) is { } due && !_stop.IsCancellationRequested)
        {
            var wait = due - _time.GetUtcNow();
            // A token that could not be renewed is due already.
            state.Refresh = _time.CreateTimer(_ => _ = Task.Run(() => RefreshAsync(podUid)), null, wait > TimeSpan.Zero ? wait : RetryPause, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task RefreshAsync(string podUid)
    {
        try
        {
            var state = await EnterAsync(podUid, _stop.Token);
            try
            {
                if (state.Pod is { } pod)
                {
                    await MountAsync(state, pod, _stop.Token);
                }
                else
                {
                    // The pod went meanwhile.
                    state.IsGone = true;
                    _pods.TryRemove(podUid, out _);
                }
            }
            finally
            {
                ScheduleRefresh(state, podUid);
                state.Leave();
            }
        }
        catch (VolumeException exception)
        {
            Log.NotRefreshed(_logger, podUid, exception.Message);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The node agent ends.
        }
    }

    private string DirectoryOf(string podUid) => podUid.Length > 0 && podUid == Path.GetFileName(podUid) && podUid is not ("." or "..")
        ? Path.Combine(_podsDirectory, podUid)
        : throw new VolumeException($"\"{podUid}\" is not the uid of a pod");

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "cannot refresh the volumes of pod {PodUid}, will try again: {Message}")]
        public static partial void NotRefreshed(ILogger logger, string podUid, string message);
    }
}
