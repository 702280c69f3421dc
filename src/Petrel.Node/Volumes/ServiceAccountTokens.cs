using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Petrel.Api.Authentication;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Node.Objects;

namespace Petrel.Node.Volumes;

/// <summary>
/// Tokens of the service accounts of pods, bound to the pod, asked for anew when four fifths of their life or a day is over
/// (KEP-1205). One for each audience and life that a pod asks for.
/// </summary>
internal sealed partial class ServiceAccountTokens(NodeObjects objects, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan OldestAge = TimeSpan.FromHours(24);

    // Spread over this, so that pods that started together do not ask together for ever.
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Key, Issued> _issued = new();

    /// <summary>A token that is valid now: the one there is, unless it is time for a new one.</summary>
    /// <exception cref="VolumeProblemException">The server gave none, and there is none that is still valid.</exception>
    public async Task<string> TokenAsync(Pod pod, ServiceAccountTokenProjection projection, CancellationToken cancellationToken)
    {
        var key = new Key(pod.Metadata.Uid, projection.Audience, projection.ExpirationSeconds);
        var present = _issued.GetValueOrDefault(key);
        if (present is not null && time.GetUtcNow() < present.Refresh)
        {
            return present.Token;
        }

        try
        {
            var answer = await objects.RequestTokenAsync(pod.Metadata.Namespace, pod.Spec.ServiceAccountName, Request(pod, projection), cancellationToken);
            var issued = From(answer);
            _issued[key] = issued;
            return issued.Token;
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException)
        {
            if (present is not null && time.GetUtcNow() < present.Expiration)
            {
                Log.NotRefreshed(logger, pod.Metadata.Namespace, pod.Metadata.Name, exception.Message);
                return present.Token;
            }

            throw new VolumeProblemException($"failed to fetch token: {exception.Message}");
        }
    }

    /// <summary>When the first token of a pod is to be asked for anew; null when it has none.</summary>
    public DateTimeOffset? NextRefresh(string podUid)
    {
        var times = _issued.Where(entry => entry.Key.PodUid == podUid).Select(static entry => entry.Value.Refresh).ToList();
        return times.Count == 0 ? null : times.Min();
    }

    public void Forget(string podUid)
    {
        foreach (var key in _issued.Keys.Where(key => key.PodUid == podUid))
        {
            _issued.TryRemove(key, out _);
        }
    }

    private static TokenRequest Request(Pod pod, ServiceAccountTokenProjection projection) => new()
    {
        Spec = new TokenRequestSpec
        {
            Audiences = projection.Audience.Length == 0 ? default : [projection.Audience],
            ExpirationSeconds = projection.ExpirationSeconds,
            BoundObjectRef = new BoundObjectReference { ApiVersion = "v1", Kind = "Pod", Name = pod.Metadata.Name, Uid = pod.Metadata.Uid },
        },
    };

    private Issued From(TokenRequest answer)
    {
        var life = TimeSpan.FromSeconds(answer.Spec.ExpirationSeconds ?? 3600);
        var expiration = answer.Status.ExpirationTimestamp ?? time.GetUtcNow() + life;
        var (atFourFifths, atOldest) = (expiration - (life / 5), expiration - life + OldestAge);
        return new Issued(answer.Status.Token, expiration, (atFourFifths < atOldest ? atFourFifths : atOldest) - (Jitter * Random.Shared.NextDouble()));
    }

    private sealed record Issued(string Token, DateTimeOffset Expiration, DateTimeOffset Refresh);

    private sealed record Key(string PodUid, string Audience, long? ExpirationSeconds);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "cannot refresh the token of pod {Namespace}/{Name}, its old one is still valid: {Message}")]
        public static partial void NotRefreshed(ILogger logger, string @namespace, string name, string message);
    }
}
