using Microsoft.Extensions.Logging;
using Petrel.Grpc;
using Petrel.Linux;
using Petrel.Linux.Mounts;
using Petrel.Node.Agent;
using Petrel.Node.Containerd;
using Petrel.Node.Runtime;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Images;

/// <summary>
/// Removes images that no container uses when their file system runs full, those unused for longest first, until there is room
/// again. Remembers the images that the node has.
/// </summary>
internal sealed partial class ImageGarbageCollection(NodeOptions options, ContainerRuntime runtime, TimeProvider time, ILogger<ImageGarbageCollection> logger)
{
    /// <summary>imageMinimumGCAge: one that was just pulled is about to be used.</summary>
    private static readonly TimeSpan LeastAge = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, DateTimeOffset> _lastUsed = [];

    /// <summary>Looks every five minutes, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                await CollectAsync(cancellationToken);
            }
            catch (Exception e) when (e is GrpcException or SystemCallException)
            {
                Log.Failed(logger, e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Looks once; returns the bytes that were freed.</summary>
    public async Task<long> CollectAsync(CancellationToken cancellationToken)
    {
        var unused = await UnusedAsync(cancellationToken);
        var directory = (await runtime.Images.FileSystemsAsync(cancellationToken)).ImageFilesystems.FirstOrDefault()?.FsId?.Mountpoint;
        return string.IsNullOrEmpty(directory) ? 0 : await FreeAsync(unused, ToFree(FileSystemUsage.Of(directory)), cancellationToken);
    }

    /// <summary>Bytes to free: none below the high mark, and above it down to the low one.</summary>
    internal long ToFree(FileSystemUsage usage)
    {
        var capacity = (double)usage.CapacityBytes;
        var used = capacity - usage.AvailableBytes;
        return capacity > 0 && used * 100 / capacity >= options.ImageHighThresholdPercent ? (long)(used - (capacity * options.ImageLowThresholdPercent / 100)) : 0;
    }

    /// <summary>The images that may go, in the order in which they go.</summary>
    private async Task<IReadOnlyList<Cri.Image>> UnusedAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var images = await runtime.Images.ListAsync(cancellationToken);
        var used = (await runtime.Containers.ListAsync(null, cancellationToken))
            .SelectMany(static each => new[] { each.ImageRef, each.ImageId, each.Image?.Image ?? "" })
            .ToHashSet();
        foreach (var image in images)
        {
            if (used.Contains(image.Id) || image.RepoTags.Concat(image.RepoDigests).Any(used.Contains) || !_lastUsed.ContainsKey(image.Id))
            {
                _lastUsed[image.Id] = now;
            }
        }

        foreach (var gone in _lastUsed.Keys.Except(images.Select(static each => each.Id)).ToList())
        {
            _lastUsed.Remove(gone);
        }

        return
        [
            .. images.Where(image => now - _lastUsed[image.Id] >= LeastAge && !image.Pinned && !image.RepoTags.Contains(PauseImage.Name))
                .OrderBy(image => _lastUsed[image.Id]),
        ];
    }

    private async Task<long> FreeAsync(IReadOnlyList<Cri.Image> unused, long bytes, CancellationToken cancellationToken)
    {
        var freed = 0L;
        foreach (var image in unused.TakeWhile(_ => freed < bytes))
        {
            await runtime.Images.RemoveAsync(image.Id, cancellationToken);
            Log.Removed(logger, image.RepoTags.FirstOrDefault() ?? image.Id, image.Size);
            freed += (long)image.Size;
        }

        if (freed < bytes)
        {
            Log.TooLittle(logger, bytes, freed);
        }

        return freed;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "removed unused image {Image}, {Bytes} bytes, to make room")]
        public static partial void Removed(ILogger logger, string image, ulong bytes);

        [LoggerMessage(LogLevel.Warning, "Failed to garbage collect required amount of images. Attempted to free {Wanted} bytes, but only found {Freed} bytes eligible to free.")]
        public static partial void TooLittle(ILogger logger, long wanted, long freed);

        [LoggerMessage(LogLevel.Warning, "cannot look for unused images, will try again: {Message}")]
        public static partial void Failed(ILogger logger, string message);
    }
}
